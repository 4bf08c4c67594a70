// Routes in one table, made in a function: all paths are seen at once, and a test can make an application of its own.
import { createServer } from "node:http";
import express from "express";

const pages = { "/": { message: "hello" }, "/health": { status: "ok" } };

export function createApp() {
  const router = express.Router();
  for (const [path, body] of Object.entries(pages)) {
    router.get(path, (request, response) => response.json(body));
  }
  return express().use(router);
}

createServer(createApp()).listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
