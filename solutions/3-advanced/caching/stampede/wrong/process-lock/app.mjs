// A lock in the memory of the process.
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
  const { name } = request.params;
  const text = await found(name, `report:${name}`);
  if (text === null) return response.status(502).json({ error: "the origin fails" });
  return response.json(JSON.parse(text));
});

const underWay = new Map();

function found(name, key) {
  if (!underWay.has(key)) underWay.set(key, rebuilt(name, key).finally(() => underWay.delete(key)));
  return underWay.get(key);
}

// The report as text; the one who had the lock before may have left it. Null if the origin fails.
async function rebuilt(name, key) {
  const left = await cache.get(key);
  if (left !== null) return left;
  const report = await askOrigin(name);
  if (report === null) return null;
  const text = JSON.stringify(report);
  await cache.set(key, text, { EX: 60 });
  return text;
}

app.listen(Number(process.env.PORT), "127.0.0.1");
