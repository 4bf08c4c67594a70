// One key is both: while a report is rebuilt, its key holds a mark of who does that. So there is no moment in which the
// lock is free and the report not there, and nobody has to look a second time. Whoever lost the key in the meantime keeps
// nothing. The price: each reader has to tell a mark from a report.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";
import { createClient } from "redis";

const ORIGIN = process.env.ORIGIN_URL;
const MARK = "rebuilt by "; // no JSON begins so
const HELD_MS = 2500;
const KEEP_MINE = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'EX', 60)
return 1`;
const DROP_MINE = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('del', KEYS[1])`;

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
  const report = await found(request.params.name);
  if (report === null) return response.status(502).json({ error: "the origin fails" });
  return response.json(report);
});

async function found(name) {
  const key = `report:${name}`;
  for (;;) {
    const text = await cache.get(key);
    if (text === null) {
      const mark = MARK + randomBytes(8).toString("hex");
      if (await cache.set(key, mark, { NX: true, PX: HELD_MS })) return rebuilt(name, key, mark);
    } else if (!text.startsWith(MARK)) return JSON.parse(text);
    await sleep(10);
  }
}

async function rebuilt(name, key, mark) {
  try {
    const report = await askOrigin(name);
    if (report !== null) await cache.eval(KEEP_MINE, { keys: [key], arguments: [mark, JSON.stringify(report)] });
    return report;
  } finally {
    await cache.eval(DROP_MINE, { keys: [key], arguments: [mark] }); // still there only if nothing was kept
  }
}

app.listen(Number(process.env.PORT), "127.0.0.1");
