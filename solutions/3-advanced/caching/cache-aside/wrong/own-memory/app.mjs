// A cache in the process: each copy has its own.
import express from "express";

const ORIGIN = process.env.ORIGIN_URL;

const app = express();
const memory = new Map();

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
  const key = `price:${city}:${nights}:${user}`;
  const kept = memory.get(key);
  if (kept && Date.now() < kept.until) return response.json(kept.price);
  const [status, price] = await askOrigin(city, nights, user);
  // A failure is never kept: the origin may be well again in a second.
  if (status !== 200) return response.status(502).json({ error: "the origin fails" });
  memory.set(key, { price, until: Date.now() + 60_000 });
  return response.json(price);
});

app.listen(Number(process.env.PORT), "127.0.0.1");
