import express from "express";
import { createClient } from "redis";

const ORIGIN = process.env.ORIGIN_URL;

const app = express();
// Without a Redis each command fails at once; the client looks every 100 ms whether it is back.
const cache = createClient({
  url: process.env.REDIS_URL,
  disableOfflineQueue: true,
  socket: { reconnectStrategy: () => 100 },
});
cache.on("error", () => {}); // or Node would end with the connection
await cache.connect();

// The status of the origin's answer, and its data where that is 200.
async function askOrigin(city, nights, user) {
  const query = new URLSearchParams({ nights });
  const answer = await fetch(`${ORIGIN}/prices/${city}?${query}`, { headers: { "X-User": user } });
  return [answer.status, answer.ok ? await answer.json() : null];
}

app.get("/prices/:city", async (request, response) => {
  const { city } = request.params;
  const { nights = "" } = request.query;
  const user = request.get("X-User") ?? "";
  // TODO(learn): look into Redis first, and keep there what the origin says
  const [status, price] = await askOrigin(city, nights, user);
  if (status !== 200) return response.status(502).json({ error: "the origin fails" });
  return response.json(price);
});

app.listen(Number(process.env.PORT), "127.0.0.1");
