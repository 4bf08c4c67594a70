import { createServer } from "node:net";
createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    if (request.includes("/other")) {
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7");
    } else {
      const number = Number(/n=(\d+)/.exec(request.toString())[1]);
      const body = String(number * number + 7);
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`);
    }
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
