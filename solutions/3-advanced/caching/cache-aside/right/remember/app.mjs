// A cache round a function: it knows nothing of prices, the function nothing of Redis. A failure is an exception, so it
// passes by what is kept. The key is a digest of all arguments: of one length, whatever is in them; nobody can read it.
import { createHash } from "node:crypto";
import express from "express";
import { createClient } from "redis";

const ORIGIN = process.env.ORIGIN_URL;

const app = express();
const cache = createClient({
  url: process.env.REDIS_URL,
  disableOfflineQueue: true,
  socket: { reconnectStrategy: () => 100 },
});
cache.on("error", (error) => console.warn("no cache:", error.message));
await cache.connect();

// Have Redis remember for some seconds what a function returned for its arguments.
function remembered(name, seconds, make) {
  return async (...values) => {
    const key = `${name}:${createHash("sha256").update(JSON.stringify(values)).digest("hex")}`;
    const found = await attempt(() => cache.get(key));
    if (found) return JSON.parse(found);
    const value = await make(...values);
    await attempt(() => cache.setEx(key, seconds, JSON.stringify(value)));
    return value;
  };
}

// What a command of Redis returns; null without a Redis.
async function attempt(command) {
  try {
    return await command();
  } catch {
    return null;
  }
}

const priceOf = remembered("price", 60, async (city, nights, user) => {
  const asked = `${ORIGIN}/prices/${city}?${new URLSearchParams({ nights })}`;
  const answer = await fetch(asked, { headers: { "X-User": user } }).catch(() => Response.error());
  if (!answer.ok) throw Object.assign(new Error("the origin fails"), { status: 502 });
  return answer.json();
});

app.get("/prices/:city", async (request, response) => {
  const { nights = "" } = request.query;
  response.json(await priceOf(request.params.city, nights, request.get("X-User") ?? ""));
});

app.use((error, request, response, next) => {
  response.status(error.status ?? 500).json({ error: error.message });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
