import { DatabaseSync } from "node:sqlite";
import express from "express";

const db = new DatabaseSync(process.env.DATABASE_PATH); // each statement commits by itself
db.exec(`CREATE TABLE IF NOT EXISTS tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- or the id of the last one deleted would be used again
  title TEXT NOT NULL,
  done INTEGER NOT NULL,
  note TEXT
)`);

const insert = db.prepare("INSERT INTO tasks (title, done, note) VALUES (?, ?, ?) RETURNING *");
const every = db.prepare("SELECT * FROM tasks ORDER BY id");
const one = db.prepare("SELECT * FROM tasks WHERE id = ?");
const update = db.prepare("UPDATE tasks SET title = ?, done = ?, note = ? WHERE id = ? RETURNING *");
const remove = db.prepare("DELETE FROM tasks WHERE id = ?");

const task = (row) => ({ ...row, done: row.done === 1 });

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status; // Express answers with it
  }
}

function found(row) {
  if (!row) throw new Refused(404, "no such task");
  return task(row);
}

function isObject(given) {
  if (given?.constructor !== Object) throw new Refused(400, "send an object");
  return given;
}

function fields(given) {
  const { title, done = false, note = null } = isObject(given);
  if (typeof title !== "string" || title === "") throw new Refused(400, "title is a text");
  if (typeof done !== "boolean") throw new Refused(400, "done is true or false");
  if (note !== null && typeof note !== "string") throw new Refused(400, "note is a text or null");
  return [title, Number(done), note];
}

const app = express();
app.use(express.json({ strict: false }));

app.post("/tasks", (request, response) => {
  const created = task(insert.get(...fields(request.body)));
  response.status(201).location(`/tasks/${created.id}`).json(created);
});

app.get("/tasks", (request, response) => response.json(every.all().map(task)));

app.get("/tasks/:id", (request, response) => response.json(found(one.get(request.params.id))));

app.put("/tasks/:id", (request, response) => {
  response.json(found(update.get(...fields(request.body), request.params.id)));
});

app.patch("/tasks/:id", (request, response) => {
  const before = found(one.get(request.params.id));
  const after = { ...before, ...isObject(request.body) }; // what was sent lies over what is there
  response.json(found(update.get(...fields(after), request.params.id)));
});

app.delete("/tasks/:id", (request, response) => {
  if (remove.run(request.params.id).changes === 0) throw new Refused(404, "no such task");
  response.json({ deleted: request.params.id });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
