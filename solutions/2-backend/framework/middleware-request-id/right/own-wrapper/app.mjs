// A wrapper around the whole application, and an AsyncLocalStorage: whatever runs for a request can ask for its id, so
// `log` keeps its form and no function has to pass the id on.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const current = new AsyncLocalStorage();
const app = express();

function log(fields) {
  process.stderr.write(`${JSON.stringify({ request_id: current.getStore(), ...fields })}\n`);
}

app.get("/orders/:number", async (request, response) => {
  await sleep(30);
  log({ event: "found", order: request.params.number });
  response.json({ order: request.params.number });
});

app.get("/broken", () => {
  throw new Error("the shelf fell down");
});

createServer((request, response) => {
  const sent = request.headers["x-request-id"] ?? "";
  const id = sent.length <= 64 && sent.match(/^[\w-]+$/) ? sent : randomUUID();
  const { method, url } = request;
  response.setHeader("X-Request-Id", id);
  response.on("finish", () => {
    current.run(id, log, { method, path: url.split("?")[0], status: response.statusCode });
  });
  current.run(id, app, request, response);
}).listen(Number(process.env.PORT), "127.0.0.1");
