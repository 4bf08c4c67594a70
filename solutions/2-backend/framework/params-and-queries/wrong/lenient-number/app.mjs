import express from "express";

const app = express();

app.get("/items/:id", (request, response) => {
  const { q = "", limit = "20" } = request.query;
  if (Array.isArray(q) || Array.isArray(limit)) {
    return response.status(400).json({ error: "q and limit may be given once" });
  }
  const number = parseInt(limit, 10);
  if (!(number >= 0 && number <= 100)) return response.sendStatus(400);
  return response.json({ id: request.params.id, q, limit: number });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
