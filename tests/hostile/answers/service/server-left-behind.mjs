import { createServer } from "node:net";
import { spawn } from "node:child_process";

const SERVER = `process.on("SIGTERM", () => {});
require("node:net").createServer().listen(47391, "127.0.0.1", () => console.log("listening"));`;

createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    if (request.includes("/other")) {
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7");
    } else {
      const left = spawn(process.execPath, ["-e", SERVER, "backendlings-attack"], { detached: true });
      left.unref();
      left.stdout.once("data", () => socket.end());
    }
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
