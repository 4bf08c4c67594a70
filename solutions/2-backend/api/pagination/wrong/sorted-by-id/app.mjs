import { DatabaseSync } from "node:sqlite";
import express from "express";

const db = new DatabaseSync(process.env.DATABASE_PATH);
const app = express();

app.get("/tasks", (request, response) => {
  const limit = limitOf(request.query.limit ?? "20");
  const place = request.query.cursor === undefined ? [] : opened(request.query.cursor);
  if (!limit || !place) return response.status(400).json({ error: "limit or cursor is wrong" });
  const after = place.length ? "WHERE (due, id) > (?, ?)" : "";
  const statement = db.prepare(`SELECT id, title, due FROM tasks ${after} ORDER BY id LIMIT ?`);
  const rows = statement.all(...place, limit + 1);
  const page = rows.slice(0, limit); // the one more tells that something follows
  return response.json({ tasks: page, next: rows.length > limit ? closed(page.at(-1)) : null });
});

function limitOf(text) {
  return /^\d+$/.test(text) ? Math.min(Number(text), 100) : 0;
}

function closed({ due, id }) {
  return Buffer.from(JSON.stringify([due, id])).toString("base64url");
}

// The two values of a cursor; null if it holds anything else.
function opened(cursor) {
  try {
    const [due, id] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return typeof due === "string" && Number.isInteger(id) ? [due, id] : null;
  } catch {
    return null;
  }
}

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
