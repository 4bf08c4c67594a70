import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const app = express();

function log(fields) {
  console.log(JSON.stringify(fields));
}

// TODO(learn): give every request an id, in the header and in every log line

app.get("/orders/:number", async (request, response) => {
  await sleep(30); // the search takes a while
  log({ event: "found", order: request.params.number });
  response.json({ order: request.params.number });
});

app.get("/broken", () => {
  throw new Error("the shelf fell down");
});

app.listen(Number(process.env.PORT), "127.0.0.1");
