// Express, and one connection for all requests: plain SQL beside the routes, which is enough for one table.
//
// node:sqlite waits for each statement, so no other request comes in between the statements of a handler.
// A version in each row counts its changes; it is the task's ETag. An import is one transaction.
import { DatabaseSync } from "node:sqlite";
import express from "express";

const KEYS = ["title", "project", "due", "done"];
const db = new DatabaseSync(process.env.DATABASE_PATH);
db.exec(`
  CREATE TABLE IF NOT EXISTS task (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    project TEXT NOT NULL,
    due TEXT,
    done INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
  )`);

const app = express();
app.set("query parser", (text) => Object.fromEntries(new URLSearchParams(text ?? "")));
app.use(express.json({ strict: false, limit: "1mb" }));

// What is wrong, as an exception that is the answer

class Refused extends Error {
  constructor(status, words, keys = {}) {
    super(words);
    this.status = status;
    this.keys = keys;
  }
}

function timeIsRight(text) {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return false;
  const time = new Date(text);
  // 30 February becomes 2 March: so it must come back as it was.
  return !Number.isNaN(time.getTime()) && time.toISOString() === text.replace("Z", ".000Z");
}

const RULES = {
  title: (value) => typeof value === "string" && value.length <= 100 && value.trim() !== "",
  project: (value) => typeof value === "string" && value.length >= 1 && value.length <= 30,
  due: (value) => value === null || timeIsRight(value),
  done: (value) => typeof value === "boolean",
};

function demandTask(data, where = {}) {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new Refused(400, "a task is an object", { field: null, ...where });
  }
  for (const [key, value] of Object.entries(data)) {
    if (!Object.hasOwn(RULES, key) || !RULES[key](value)) {
      throw new Refused(400, `${key} cannot be ${JSON.stringify(value)}`, { field: key, ...where });
    }
  }
}

function newTask(data, where = {}) {
  demandTask(data, where);
  if (!("title" in data)) throw new Refused(400, "a task needs a title", { field: "title", ...where });
  return { project: "inbox", due: null, done: false, ...data };
}

// Tasks and rows

const insertion = db.prepare("INSERT INTO task (title, project, due, done) VALUES (?, ?, ?, ?)");
const selection = db.prepare("SELECT * FROM task WHERE id = ?");

function insert(task) {
  return insertion.run(task.title, task.project, task.due, Number(task.done)).lastInsertRowid;
}

function shown({ id, title, project, due, done }) {
  return { id, title, project, due, done: done === 1 };
}

function rowOf(text) {
  const row = /^\d{1,15}$/.test(text) ? selection.get(Number(text)) : undefined;
  if (!row) throw new Refused(404, "there is no such task");
  return row;
}

function one(response, row) {
  response.set("ETag", tagOf(row)).json(shown(row)); // answers 304 by itself where If-None-Match has this tag
}

const tagOf = (row) => `"${row.version}"`;

function demandVersion(request, row) {
  const wanted = request.get("If-Match");
  const tags = wanted?.split(",").map((each) => each.trim());
  if (tags && !tags.includes("*") && !tags.includes(tagOf(row))) {
    throw new Refused(412, "the task was changed meanwhile");
  }
}

app.post("/tasks", (request, response) => {
  const id = insert(newTask(request.body));
  one(response.status(201).location(`/tasks/${id}`), selection.get(id));
});

app.get("/tasks/:id", (request, response) => one(response, rowOf(request.params.id)));

app.patch("/tasks/:id", (request, response) => {
  const row = rowOf(request.params.id);
  demandVersion(request, row);
  demandTask(request.body);
  const task = { ...row, ...request.body };
  db.prepare("UPDATE task SET title = ?, project = ?, due = ?, done = ?, version = version + 1 WHERE id = ?").run(
    ...KEYS.map((key) => (key === "done" ? Number(task.done) : task[key])),
    row.id,
  );
  one(response, rowOf(request.params.id));
});

app.delete("/tasks/:id", (request, response) => {
  const row = rowOf(request.params.id);
  demandVersion(request, row);
  db.prepare("DELETE FROM task WHERE id = ?").run(row.id);
  response.status(204).end();
});

// Finding

const now = () => process.env.NOW || new Date().toISOString().replace(/\.\d+Z/, "Z");

function number(name, text, least, most) {
  if (!/^\d{1,15}$/.test(text) || Number(text) < least || Number(text) > most) {
    throw new Refused(400, `${name} is a whole number from ${least} to ${most}`, { field: name });
  }
  return Number(text);
}

app.get("/tasks", (request, response) => {
  const where = ["TRUE"];
  const values = [];
  let limit = 20;
  const take = (condition, ...more) => {
    where.push(condition);
    values.push(...more);
  };
  for (const [name, text] of Object.entries(request.query)) {
    if (name === "limit") limit = number(name, text, 1, 100);
    else if (name === "after") take("id > ?", number(name, text, 0, Number.MAX_SAFE_INTEGER));
    else if (name === "project") take("project = ?", text);
    // instr has no signs that stand for anything, as LIKE has.
    else if (name === "q") take("instr(lower(title), lower(?)) > 0", text);
    else if (name === "done" && ["true", "false"].includes(text)) take("done = ?", Number(text === "true"));
    else if (name === "due" && text === "overdue") take("due < ? AND NOT done", now());
    else if (name === "due" && text === "today") take("substr(due, 1, 10) = ?", now().slice(0, 10));
    else if (name === "due" && text === "none") take("due IS NULL");
    else throw new Refused(400, `${name} cannot be ${text} here`, { field: name });
  }
  const question = `SELECT * FROM task WHERE ${where.join(" AND ")} ORDER BY id LIMIT ?`;
  const rows = db.prepare(question).all(...values, limit + 1); // one more tells whether more follow
  const page = rows.slice(0, limit).map(shown);
  response.json({ tasks: page, next: rows.length > limit ? page.at(-1).id : null });
});

// Many at once

app.post("/tasks/import", (request, response) => {
  const given = request.body?.tasks;
  if (!Array.isArray(given) || given.length < 1 || given.length > 500) {
    throw new Refused(400, "an import is an object with 1 to 500 tasks", { field: "tasks", index: null });
  }
  const tasks = given.map((each, index) => newTask(each, { index }));
  db.exec("BEGIN IMMEDIATE");
  try {
    const ids = tasks.map(insert);
    db.exec("COMMIT");
    response.status(201).json({ ids });
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
});

app.get("/stats", (request, response) => {
  const rows = db
    .prepare(
      `SELECT project, count(*) AS total, sum(done) AS done, total(due < ? AND NOT done) AS overdue
       FROM task GROUP BY project`,
    )
    .all(now());
  const sum = (key) => rows.reduce((so_far, row) => so_far + row[key], 0);
  const projects = Object.fromEntries(rows.map(({ project, total, done }) => [project, { total, done }]));
  response.json({ total: sum("total"), done: sum("done"), overdue: sum("overdue"), projects });
});

app.use((error, request, response, next) => {
  if (error instanceof Refused) response.status(error.status).json({ error: error.message, ...error.keys });
  else if (error.type === "entity.parse.failed") response.status(400).json({ error: "not JSON", field: null });
  else next(error);
});

app.listen(Number(process.env.PORT), "127.0.0.1");
