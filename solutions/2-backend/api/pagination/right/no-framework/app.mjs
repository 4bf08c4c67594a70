// No framework: node:http alone, with a cursor that is signed too. Only what this service made is taken.
import { createHash, createHmac } from "node:crypto";
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";

const KEY = createHash("sha256").update("tasks by due and id").digest(); // a real one is a secret, from outside
const db = new DatabaseSync(process.env.DATABASE_PATH);

const sign = (text) => createHmac("sha256", KEY).update(text).digest("hex").slice(0, 20);

function closed({ due, id }) {
  const place = Buffer.from(JSON.stringify([due, id])).toString("hex");
  return `${place}-${sign(place)}`;
}

// The two values of a cursor; nothing if this service did not make it.
function opened(cursor) {
  const [place, signature] = cursor.split("-");
  return sign(place) === signature ? JSON.parse(Buffer.from(place, "hex")) : undefined;
}

function page(query) {
  const limit = query.get("limit") ?? "20";
  const count = Math.min(Number(limit), 100);
  const cursor = query.get("cursor");
  const [due, id] = (cursor === null ? [null, null] : opened(cursor)) ?? [];
  if (!/^\d+$/.test(limit) || count < 1 || due === undefined) return null;
  const rows = db
    .prepare(
      `SELECT id, title, due FROM tasks
       WHERE ? IS NULL OR (due, id) > (?, ?)
       ORDER BY due, id LIMIT ?`,
    )
    .all(due, due, id, count + 1);
  const shown = rows.slice(0, count);
  return { tasks: shown, next: rows.length > count ? closed(shown.at(-1)) : null };
}

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  const found = request.method === "GET" && url.pathname === "/tasks";
  const body = found ? page(url.searchParams) : { error: "no such page" };
  const status = !found ? 404 : body ? 200 : 400;
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body ?? { error: "limit or cursor is wrong" }));
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
server.listen(Number(process.env.PORT), "127.0.0.1");
