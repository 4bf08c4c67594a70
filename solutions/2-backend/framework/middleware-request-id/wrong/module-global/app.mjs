import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const app = express();

let id;

function log(fields) {
  console.log(JSON.stringify({ request_id: id, ...fields }));
}

app.use((request, response, next) => {
  const sent = request.get("X-Request-Id") ?? "";
  id = /^[A-Za-z0-9_-]{1,64}$/.test(sent) ? sent : randomUUID();
  response.set("X-Request-Id", id);
  response.on("finish", () => {
    log({ method: request.method, path: request.path, status: response.statusCode });
  });
  next();
});

app.get("/orders/:number", async (request, response) => {
  await sleep(30);
  log({ event: "found", order: request.params.number });
  response.json({ order: request.params.number });
});

app.get("/broken", () => {
  throw new Error("the shelf fell down");
});

app.listen(Number(process.env.PORT), "127.0.0.1");
