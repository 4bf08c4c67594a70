import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const app = express();

function log(request, fields) {
  console.log(JSON.stringify({ request_id: request.id, ...fields }));
}

app.use((request, response, next) => {
  const sent = request.get("X-Request-Id") ?? "";
  request.id = /^[A-Za-z0-9_-]+$/.test(sent) ? sent : randomUUID();
  response.set("X-Request-Id", request.id);
  response.on("finish", () => {
    log(request, { method: request.method, path: request.path, status: response.statusCode });
  });
  next();
});

app.get("/orders/:number", async (request, response) => {
  await sleep(30);
  log(request, { event: "found", order: request.params.number });
  response.json({ order: request.params.number });
});

app.get("/broken", () => {
  throw new Error("the shelf fell down");
});

app.listen(Number(process.env.PORT), "127.0.0.1");
