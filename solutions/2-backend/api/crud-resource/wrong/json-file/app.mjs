import { existsSync, readFileSync, writeFileSync } from "node:fs";
import express from "express";

const tasks = new Map();
let last = 0;
if (existsSync(process.env.DATABASE_PATH)) {
  for (const task of JSON.parse(readFileSync(process.env.DATABASE_PATH, "utf8"))) {
    tasks.set(task.id, task);
    last = Math.max(last, task.id);
  }
}

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function found(id) {
  if (!tasks.has(Number(id))) throw new Refused(404, "no such task");
  return tasks.get(Number(id));
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
  return { title, done, note };
}

const app = express();
app.use(express.json());
app.use((request, response, next) => {
  const end = response.end;
  response.end = (...values) => {
    writeFileSync(process.env.DATABASE_PATH, JSON.stringify([...tasks.values()]));
    return end.apply(response, values);
  };
  next();
});

app.post("/tasks", (request, response) => {
  const created = { id: last + 1, ...fields(request.body) };
  last += 1;
  tasks.set(last, created);
  response.status(201).location(`/tasks/${created.id}`).json(created);
});
app.get("/tasks", (request, response) => response.json([...tasks.values()]));
app.get("/tasks/:id", (request, response) => response.json(found(request.params.id)));
app.put("/tasks/:id", (request, response) => {
  response.json(Object.assign(found(request.params.id), fields(request.body)));
});
app.patch("/tasks/:id", (request, response) => {
  const task = found(request.params.id);
  response.json(Object.assign(task, fields({ ...task, ...isObject(request.body) })));
});
app.delete("/tasks/:id", (request, response) => {
  tasks.delete(found(request.params.id).id);
  response.status(204).end();
});

app.listen(Number(process.env.PORT), "127.0.0.1");
