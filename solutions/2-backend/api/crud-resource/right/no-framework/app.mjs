// No framework: node:http alone, with one function for each method, found by its name.
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";

const db = new DatabaseSync(process.env.DATABASE_PATH);
db.exec(
  "CREATE TABLE IF NOT EXISTS tasks" +
    " (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, done INTEGER NOT NULL, note TEXT)",
);
const run = (statement, ...values) => db.prepare(statement).all(...values).map((row) => ({ ...row, done: !!row.done }));

const isTask = ({ title, done, note }) =>
  typeof title === "string" &&
  title !== "" &&
  typeof done === "boolean" &&
  (note === null || typeof note === "string");

function save(id, task) {
  if (!isTask(task)) return { status: 400 };
  const statement = "UPDATE tasks SET title = ?, done = ?, note = ? WHERE id = ? RETURNING *";
  return { status: 200, value: run(statement, task.title, Number(task.done), task.note, id)[0] };
}

const all = {
  GET: () => ({ status: 200, value: run("SELECT * FROM tasks ORDER BY id") }),
  POST: (given) => {
    const task = { done: false, note: null, ...given };
    if (!isTask(task)) return { status: 400 };
    const statement = "INSERT INTO tasks (title, done, note) VALUES (?, ?, ?) RETURNING *";
    const [value] = run(statement, task.title, Number(task.done), task.note);
    return { status: 201, value, headers: { Location: `/tasks/${value.id}` } };
  },
};

const one = {
  GET: (old) => ({ status: 200, value: old }),
  PUT: (old, given) => save(old.id, { done: false, note: null, ...given }),
  PATCH: (old, given) => save(old.id, { ...old, ...given }),
  DELETE: (old) => {
    run("DELETE FROM tasks WHERE id = ?", old.id);
    return { status: 204 };
  },
};

function answer(method, url, body) {
  const path = /^\/tasks(?:\/(\d+))?$/.exec(url);
  if (!path || !Object.hasOwn(path[1] ? one : all, method)) return { status: 404 };
  let given;
  try {
    given = ["POST", "PUT", "PATCH"].includes(method) ? JSON.parse(body) : {};
  } catch {
    return { status: 400 };
  }
  if (given?.constructor !== Object) return { status: 400 };
  if (!path[1]) return all[method](given);
  const [old] = run("SELECT * FROM tasks WHERE id = ?", path[1]);
  return old ? one[method](old, given) : { status: 404 };
}

createServer(async (request, response) => {
  const { status, value, headers } = answer(request.method, request.url, await text(request));
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(value === undefined ? "" : JSON.stringify(value));
}).listen(Number(process.env.PORT), "127.0.0.1");
