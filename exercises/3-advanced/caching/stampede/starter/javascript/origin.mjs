// A slow origin to try the service with by hand: node origin.mjs 9000
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const app = express();

app.get("/reports/:name", async (request, response) => {
  console.log("asked for", request.params.name);
  await sleep(1000);
  response.json({ asked: request.params.name, value: 100 + Math.floor(Math.random() * 900) });
});

app.listen(Number(process.argv[2]), "127.0.0.1");
