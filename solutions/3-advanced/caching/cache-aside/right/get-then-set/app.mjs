// One text under one key: GET, and SET with its expiry in the same command. Whatever Redis fails at counts as a miss.
import express from "express";
import { createClient } from "redis";

const ORIGIN = process.env.ORIGIN_URL;

const app = express();
const cache = createClient({
  url: process.env.REDIS_URL,
  disableOfflineQueue: true,
  socket: { reconnectStrategy: () => 100 },
});
cache.on("error", () => {}); // or Node would end with the connection
await cache.connect();

// The status of the origin's answer, 0 where none comes, and its data where it is 200.
async function askOrigin(city, nights, user) {
  const query = new URLSearchParams({ nights });
  const asked = fetch(`${ORIGIN}/prices/${city}?${query}`, { headers: { "X-User": user } });
  const answer = await asked.catch(() => Response.error());
  return [answer.status, answer.ok ? await answer.json() : null];
}

const none = () => null; // as if nothing were there

app.get("/prices/:city", async (request, response) => {
  const { city } = request.params;
  const { nights = "" } = request.query;
  const user = request.get("X-User") ?? "";
  const key = `price:${city}:${nights}:${user}`;
  const text = await cache.get(key).catch(none);
  if (text !== null) return response.json(JSON.parse(text));
  const [status, price] = await askOrigin(city, nights, user);
  // A failure is never kept: the origin may be well again in a second.
  if (status !== 200) return response.status(502).json({ error: "the origin fails" });
  await cache.set(key, JSON.stringify(price), { EX: 60 }).catch(none);
  return response.json(price);
});

app.listen(Number(process.env.PORT), "127.0.0.1");
