import express from "express";

const app = express();

// What is wrong is answered first; the rest of the function needs no else.
app.get("/greeting", (request, response) => {
  const { name } = request.query;
  if (!name) return response.status(400).json({ error: "name is missing" });
  return response.json({ greeting: `Hello, ${name}!` });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
