// The place in words, due larger, or the same due and id larger: every database knows that. The cursor can be read,
// which helps in a log; a client may begin to build its own.
import { DatabaseSync } from "node:sqlite";
import express from "express";

const PLACE = /^(\d{4}-\d{2}-\d{2})_(\d{1,15})$/;
const FIRST = "0000-00-00_0"; // in front of all tasks: the first page needs no statement of its own

const db = new DatabaseSync(process.env.DATABASE_PATH);
const app = express();

app.get("/tasks", (request, response) => {
  const { limit = "20", cursor = FIRST } = request.query;
  const count = Math.min(Number(limit), 100);
  if (!/^0*[1-9]\d*$/.test(limit)) return response.status(400).json({ error: "limit is a whole number from 1" });
  const place = PLACE.exec(cursor);
  if (!place) return response.status(400).json({ error: "cursor is no next of this list" });
  const [, due, id] = place;
  const rows = db
    .prepare(
      `SELECT id, title, due FROM tasks
       WHERE due > :due OR (due = :due AND id > :id)
       ORDER BY due, id
       LIMIT :most`,
    )
    .all({ due, id: Number(id), most: count + 1 });
  const more = rows.length > count;
  const page = more ? rows.slice(0, -1) : rows;
  const last = page.at(-1);
  return response.json({ tasks: page, next: more ? `${last.due}_${last.id}` : null });
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
