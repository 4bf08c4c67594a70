import { createServer } from "node:net";
createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    if (request.includes("/other")) {
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7");
    } else {
      socket.end(Buffer.from("HTTP/1.1 302 Found\r\nLocation: /answer\r\nContent-Length: 0\r\n\r\n", "latin1"));
    }
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
