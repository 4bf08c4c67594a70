import express from "express";

const app = express();

app.get("/greeting", (request, response) => {
  const { name } = request.query;
  if (name) response.send(`Hello, ${name}!`);
  else response.status(400).send("name is missing");
});

app.listen(Number(process.env.PORT), "127.0.0.1");
