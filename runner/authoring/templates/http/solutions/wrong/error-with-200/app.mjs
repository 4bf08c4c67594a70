import express from "express";

const app = express();

app.get("/greeting", (request, response) => {
  const { name } = request.query;
  response.json(name ? { greeting: `Hello, ${name}!` } : { error: "name is missing" });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
