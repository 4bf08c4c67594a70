import express from "express";
import { createClient } from "redis";

const ORIGIN = process.env.ORIGIN_URL;

const app = express();
const cache = createClient({ url: process.env.REDIS_URL });
cache.on("error", (error) => console.error("Redis:", error.message));
await cache.connect();

// The report, as the origin makes it; null if it fails.
async function askOrigin(name) {
  const answer = await fetch(`${ORIGIN}/reports/${name}`);
  return answer.ok ? answer.json() : null;
}

app.get("/reports/:name", async (request, response) => {
  const key = `report:${request.params.name}`;
  let text = await cache.get(key);
  if (text === null) {
    // TODO(learn): one reader rebuilds it; the others, in all copies of the service, wait for what that brings
    const report = await askOrigin(request.params.name);
    if (report === null) return response.status(502).json({ error: "the origin fails" });
    text = JSON.stringify(report);
    await cache.set(key, text, { EX: 60 });
  }
  return response.json(JSON.parse(text));
});

app.listen(Number(process.env.PORT), "127.0.0.1");
