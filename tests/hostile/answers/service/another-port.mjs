import { createServer } from "node:http";

createServer((request, response) => response.end("7")).listen(47391);
