// What the framework gives: a value of `query` is undefined, a text, or an array; the pattern comes before `Number`.
import express from "express";

const app = express();

app.get("/items/:id", (request, response) => {
  const { q = "", limit = "20" } = request.query;
  if (Array.isArray(q) || Array.isArray(limit)) {
    return response.status(400).json({ error: "q and limit may be given once" });
  }
  if (!/^[0-9]{1,3}$/.test(limit) || Number(limit) > 101) {
    return response.status(400).json({ error: "limit is a whole number from 0 to 100" });
  }
  return response.json({ id: request.params.id, q, limit: Number(limit) });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
