// Readers of one process share one promise, so that of each copy one alone goes to Redis and waits for the lock there.
// That spares most of the looks; the lock in Redis is needed all the same, since the copies share nothing else.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";
import { createClient } from "redis";

const ORIGIN = process.env.ORIGIN_URL;
const FREE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end";

const app = express();
const cache = createClient({ url: process.env.REDIS_URL });
cache.on("error", (error) => console.error("Redis:", error.message));
await cache.connect();

class OriginFails extends Error {
  status = 502;
}

// The report as text, as the origin makes it.
async function askOrigin(name) {
  const answer = await fetch(`${ORIGIN}/reports/${name}`);
  if (!answer.ok) throw new OriginFails(`the origin answers ${answer.status}`);
  return JSON.stringify(await answer.json());
}

const underWay = new Map();

app.get("/reports/:name", async (request, response) => {
  const { name } = request.params;
  if (!underWay.has(name)) underWay.set(name, found(name).finally(() => underWay.delete(name)));
  response.type("json").send(await underWay.get(name));
});

async function found(name) {
  const token = randomUUID();
  let text = await cache.get(`report:${name}`);
  while (text === null) {
    const mine = (await cache.set(`lock:${name}`, token, { NX: true, EX: 2 })) !== null;
    text = await cache.get(`report:${name}`);
    if (mine) {
      try {
        if (text === null) await cache.set(`report:${name}`, (text = await askOrigin(name)), { EX: 60 });
      } finally {
        await cache.eval(FREE, { keys: [`lock:${name}`], arguments: [token] });
      }
    } else if (text === null) await sleep(25);
  }
  return text;
}

app.use((error, request, response, next) => {
  response.status(error.status ?? 500).json({ error: error.message });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
