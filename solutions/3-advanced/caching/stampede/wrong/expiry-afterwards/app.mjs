// The lock first, its expiry by a second command.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";
import { createClient } from "redis";

const ORIGIN = process.env.ORIGIN_URL;
const HELD_MS = 2000; // longer than a rebuild takes; as long as a death is waited for
const FREE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end";

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
  const text = await found(name, `report:${name}`, `lock:${name}`, randomUUID());
  if (text === null) return response.status(502).json({ error: "the origin fails" });
  return response.json(JSON.parse(text));
});

async function found(name, key, lock, token) {
  for (;;) {
    const text = await cache.get(key);
    if (text !== null) return text;
    if (await cache.set(lock, token, { NX: true })) {
      await cache.pExpire(lock, HELD_MS);
      try {
        return await rebuilt(name, key);
      } finally {
        await cache.eval(FREE, { keys: [lock], arguments: [token] });
      }
    }
    await sleep(20);
  }
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
