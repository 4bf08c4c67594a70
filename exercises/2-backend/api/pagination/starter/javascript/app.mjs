import { DatabaseSync } from "node:sqlite";
import express from "express";

const db = new DatabaseSync(process.env.DATABASE_PATH);
const app = express();

// TODO(learn): answer one page: limit, cursor and next
app.get("/tasks", (request, response) => {
  const rows = db.prepare("SELECT id, title, due FROM tasks ORDER BY due, id").all();
  response.json({ tasks: rows });
});

// Makes the table with some tasks to try, where the file has none.
function makeTable() {
  if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'tasks'").get()) return;
  db.exec("CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, due TEXT NOT NULL)");
  const insert = db.prepare("INSERT INTO tasks (title, due) VALUES (?, ?)");
  for (let number = 0; number < 40; number += 1) {
    insert.run(`Task ${number}`, `2026-0${1 + ((number * 7) % 5)}-15`);
  }
}

makeTable();
app.listen(Number(process.env.PORT), "127.0.0.1");
