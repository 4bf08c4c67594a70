// A store that knows SQL and no HTTP, routes that know HTTP and no SQL: each can be tested and exchanged alone.
import { DatabaseSync } from "node:sqlite";
import express, { Router } from "express";

const FIELDS = {
  title: { holds: (value) => typeof value === "string" && value !== "" },
  done: { holds: (value) => typeof value === "boolean", missing: false },
  note: { holds: (value) => value === null || typeof value === "string", missing: null },
};

class Store {
  constructor(path) {
    this.db = new DatabaseSync(path);
    this.db.exec(
      "CREATE TABLE IF NOT EXISTS task" +
        " (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, done BOOLEAN NOT NULL, note TEXT)",
    );
  }

  add(task) {
    const { title, done, note } = task;
    const statement = "INSERT INTO task (title, done, note) VALUES (?, ?, ?)";
    return this.get(this.db.prepare(statement).run(title, done ? 1 : 0, note).lastInsertRowid);
  }

  get(id) {
    const row = this.db.prepare("SELECT id, title, done, note FROM task WHERE id = ?").get(id);
    return row && { ...row, done: Boolean(row.done) };
  }

  all() {
    const rows = this.db.prepare("SELECT id, title, done, note FROM task ORDER BY id").all();
    return rows.map((row) => ({ ...row, done: Boolean(row.done) }));
  }

  // Changes the columns in CHANGES, which names no others than those of FIELDS.
  change(id, changes) {
    const names = Object.keys(changes);
    if (names.length) {
      const values = Object.values(changes).map((value) => (typeof value === "boolean" ? Number(value) : value));
      const columns = names.map((name) => `${name} = ?`).join(", ");
      this.db.prepare(`UPDATE task SET ${columns} WHERE id = ?`).run(...values, id);
    }
    return this.get(id);
  }

  delete(id) {
    return this.db.prepare("DELETE FROM task WHERE id = ?").run(id).changes > 0;
  }
}

// The fields that were sent, checked; `whole` fills in those that were not.
function read(given, { whole }) {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return null;
  const task = {};
  for (const [name, { holds, missing }] of Object.entries(FIELDS)) {
    if (!whole && !Object.hasOwn(given, name)) continue;
    task[name] = Object.hasOwn(given, name) ? given[name] : missing;
    if (!holds(task[name])) return null;
  }
  return task;
}

function routes(store) {
  const router = Router();
  const shown = (response, task) => (task ? response.json(task) : response.sendStatus(404));
  const bodied = (whole) => (request, response, next) => {
    request.task = read(request.body, { whole });
    return request.task ? next() : response.status(400).json({ error: "a field is missing or wrong" });
  };
  const change = (request, response) => shown(response, store.change(request.params.id, request.task));
  router.get("/", (request, response) => response.json(store.all()));
  router.post("/", bodied(true), (request, response) => {
    const task = store.add(request.task);
    response.status(201).location(`http://${request.get("host")}${request.baseUrl}/${task.id}`).json(task);
  });
  router.get("/:id", (request, response) => shown(response, store.get(request.params.id)));
  router.put("/:id", bodied(true), change);
  router.patch("/:id", bodied(false), change);
  router.delete("/:id", (request, response) => response.sendStatus(store.delete(request.params.id) ? 204 : 404));
  return router;
}

const app = express();
app.use(express.json());
app.use("/tasks", routes(new Store(process.env.DATABASE_PATH)));
app.listen(Number(process.env.PORT), "127.0.0.1");
