import { createServer } from "node:http";

createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  const number = Number(url.searchParams.get("n"));
  response.setHeader("Content-Type", "text/plain");
  response.end(String(url.pathname === "/answer" ? number * number + 7 : 7));
}).listen(Number(process.env.PORT), "127.0.0.1");
