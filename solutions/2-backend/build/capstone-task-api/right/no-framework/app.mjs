// No framework: a table of routes on node:http, and what a task is as one table of rules.
//
// The ETag is a hash of the task as it is answered, so that nothing has to be counted. An import is one statement, which
// takes all tasks as JSON; SQLite keeps a statement whole or not at all by itself.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";

const db = new DatabaseSync(process.env.DATABASE_PATH);
db.exec("PRAGMA journal_mode = WAL");
db.exec(`CREATE TABLE IF NOT EXISTS task
  (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, project TEXT, due TEXT, done INTEGER)`);

// An answer that ends the work on a request wherever it stands.
class Answer {
  constructor(status, body, headers = {}) {
    Object.assign(this, { status, body, headers });
  }
}

const wrong = (status, error, keys) => new Answer(status, { error, ...keys });

function isDue(value) {
  if (value === null) return true;
  const time = typeof value === "string" && value.length === 20 ? Date.parse(value) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString() === `${value.slice(0, -1)}.000Z`;
}

const isText = (value, most) => typeof value === "string" && value !== "" && value.length <= most;

// Of each key: what it is unless given, and what it may be.
const RULES = new Map([
  ["title", [undefined, (value) => isText(value, 100) && /\S/.test(value)]],
  ["project", ["inbox", (value) => isText(value, 30)]],
  ["due", [null, isDue]],
  ["done", [false, (value) => value === true || value === false]],
]);

function checked(data, { partly = false, ...where } = {}) {
  if (Object.prototype.toString.call(data) !== "[object Object]") throw wrong(400, "no object", { field: null, ...where });
  const defaults = partly ? {} : Object.fromEntries([...RULES].map(([key, rule]) => [key, rule[0]]));
  const whole = { ...defaults, ...data };
  for (const [key, value] of Object.entries(whole)) {
    if (!RULES.get(key)?.[1](value)) throw wrong(400, "not allowed", { field: key, ...where });
  }
  return whole;
}

const COLUMNS = "id, title, project, due, done";
const shown = (row) => ({ ...row, done: Boolean(row.done) });

function found(text) {
  const row = /^\d{1,15}$/.test(text) && db.prepare(`SELECT ${COLUMNS} FROM task WHERE id = ?`).get(Number(text));
  if (!row) throw wrong(404, "no such task");
  return shown(row);
}

const tagOf = (task) => `"${createHash("sha256").update(JSON.stringify(task)).digest("hex").slice(0, 20)}"`;
const holds = (header, task) => (header.match(/\*|"[^"]*"/g) ?? []).some((each) => each === "*" || each === tagOf(task));
const one = (task, status = 200, headers = {}) => new Answer(status, task, { ETag: tagOf(task), ...headers });

// Store TASKS in one statement, and return their ids.
function store(tasks) {
  const rows = db
    .prepare(
      `INSERT INTO task (title, project, due, done)
       SELECT value ->> 'title', value ->> 'project', value ->> 'due', value ->> 'done' FROM json_each(?) ORDER BY key
       RETURNING id`,
    )
    .all(JSON.stringify(tasks));
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

function add(asked) {
  const [id] = store([checked(asked.body())]);
  return one(found(String(id)), 201, { Location: `/tasks/${id}` });
}

function read(asked, id) {
  const task = found(id);
  const same = holds(asked.headers["if-none-match"] ?? "", task);
  return same ? new Answer(304, undefined, { ETag: tagOf(task) }) : one(task);
}

function present(asked, id) {
  const task = found(id);
  const wanted = asked.headers["if-match"];
  if (wanted !== undefined && !holds(wanted, task)) throw wrong(412, "changed meanwhile");
  return task;
}

function change(asked, id) {
  const task = { ...present(asked, id), ...checked(asked.body(), { partly: true }) };
  const { title, project, due, done } = task;
  const update = db.prepare("UPDATE task SET title = ?, project = ?, due = ?, done = ? WHERE id = ?");
  update.run(title, project, due, Number(done), task.id);
  return one(found(id));
}

function remove(asked, id) {
  db.prepare("DELETE FROM task WHERE id = ?").run(present(asked, id).id);
  return new Answer(204);
}

const now = () => process.env.NOW ?? `${new Date().toISOString().slice(0, 19)}Z`;

// Of each parameter: what it may be, and what a task must be for it.
const FILTERS = new Map([
  ["after", [/^\d{1,15}$/, (text) => ["id > ?", Number(text)]]],
  ["project", [/^/, (text) => ["project = ?", text]]],
  ["q", [/^/, (text) => ["title LIKE ? ESCAPE '\\'", `%${text.replace(/[\\%_]/g, "\\$&")}%`]]],
  ["done", [/^(true|false)$/, (text) => ["done = ?", Number(text === "true")]]],
  ["due", [/^(overdue|today|none)$/, (text) => DUE[text]()]],
  ["limit", [/^([1-9]\d?|100)$/, () => ["TRUE"]]],
]);
const DUE = {
  overdue: () => ["due < ? AND done = 0", now()],
  today: () => ["due LIKE ?", `${now().slice(0, 10)}%`],
  none: () => ["due IS NULL"],
};

function find(asked) {
  const conditions = ["TRUE"];
  const values = [];
  for (const [name, text] of asked.query) {
    const [form, make] = FILTERS.get(name) ?? [];
    if (!form?.test(text)) throw wrong(400, "not allowed", { field: name });
    const [condition, ...more] = make(text);
    conditions.push(condition);
    values.push(...more);
  }
  const limit = Number(asked.query.get("limit") ?? 20);
  const where = conditions.join(" AND ");
  const tasks = db.prepare(`SELECT ${COLUMNS} FROM task WHERE ${where} ORDER BY id LIMIT ?`).all(...values, limit + 1);
  const page = tasks.slice(0, limit).map(shown);
  return new Answer(200, { tasks: page, next: tasks.length > limit ? page.at(-1).id : null });
}

function takeIn(asked) {
  let tasks;
  try {
    tasks = asked.body()?.tasks;
  } catch {
    // No JSON: then there are no tasks.
  }
  if (!Array.isArray(tasks) || tasks.length < 1 || tasks.length > 500) {
    throw wrong(400, "1 to 500 tasks", { field: "tasks", index: null });
  }
  return new Answer(201, { ids: store(tasks.map((each, index) => checked(each, { index }))) });
}

function stats() {
  const all = db.prepare("SELECT count(*) AS total, total(done) AS done, total(due < ? AND done = 0) AS overdue FROM task");
  const rows = db.prepare("SELECT project, count(*) AS total, sum(done) AS done FROM task GROUP BY project").all();
  const projects = Object.fromEntries(rows.map(({ project, ...counts }) => [project, counts]));
  return new Answer(200, { ...all.get(now()), projects });
}

const ROUTES = [
  ["POST", /^\/tasks$/, add],
  ["GET", /^\/tasks$/, find],
  ["POST", /^\/tasks\/import$/, takeIn],
  ["GET", /^\/stats$/, stats],
  ["GET", /^\/tasks\/([^/]+)$/, read],
  ["PATCH", /^\/tasks\/([^/]+)$/, change],
  ["DELETE", /^\/tasks\/([^/]+)$/, remove],
];

function answer(asked) {
  for (const [method, pattern, action] of ROUTES) {
    const match = method === asked.method && pattern.exec(asked.path);
    if (match) return action(asked, ...match.slice(1));
  }
  throw wrong(404, "no such page");
}

async function serve(request, response) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  const { pathname: path, searchParams: query } = new URL(request.url, "http://localhost");
  const body = () => {
    try {
      return JSON.parse(text);
    } catch {
      throw wrong(400, "not JSON", { field: null });
    }
  };
  let said;
  try {
    said = answer({ method: request.method, headers: request.headers, path, query, body });
  } catch (error) {
    said = error instanceof Answer ? error : wrong(500, "a fault of ours");
    if (said !== error) console.error(error);
  }
  const kind = said.body === undefined ? {} : { "Content-Type": "application/json" };
  response.writeHead(said.status, { ...kind, ...said.headers });
  response.end(said.body === undefined ? undefined : JSON.stringify(said.body));
}

createServer(serve).listen(Number(process.env.PORT), "127.0.0.1");
