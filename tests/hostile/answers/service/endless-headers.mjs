import { createServer } from "node:net";
createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    if (request.includes("/other")) {
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7");
    } else {
      socket.write("HTTP/1.1 200 OK\r\n");
      const more = () => {
        while (socket.writable && socket.write("name: value\r\n".repeat(1000)));
      };
      socket.on("drain", more);
      more();
    }
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
