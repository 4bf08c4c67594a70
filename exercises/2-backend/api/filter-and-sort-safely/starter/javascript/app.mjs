import { DatabaseSync } from "node:sqlite";
import express from "express";

const app = express();
const db = new DatabaseSync(process.env.DATABASE_PATH);

app.get("/tasks", (request, response) => {
  // TODO(learn): filter by q and status, order by sort
  response.json(db.prepare("SELECT id, title, status, due FROM tasks ORDER BY id").all());
});

app.listen(Number(process.env.PORT), "127.0.0.1");
