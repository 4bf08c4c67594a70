import { DatabaseSync } from "node:sqlite";
import express from "express";

const app = express();
const db = new DatabaseSync(process.env.DATABASE_PATH);

const columns = { id: "id", title: "title", status: "status", due: "due" };
const statuses = ["open", "done"];

function pattern(text) {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

function order(sort) {
  const name = sort.replace(/^-/, "");
  if (!(name in columns)) return null;
  return sort.startsWith("-") ? `${name} DESC, id` : `${name}, id`;
}

app.get("/tasks", (request, response) => {
  const { q, status, sort = "id" } = request.query;
  if ([q, status, sort].some(Array.isArray)) return response.status(400).json({ error: "a name came twice" });
  const by = order(sort);
  if (!by) return response.status(400).json({ error: "sort is none of the four names" });
  const conditions = ["TRUE"];
  const values = [];
  if (q !== undefined) {
    conditions.push("title LIKE ? ESCAPE '\\'");
    values.push(pattern(q));
  }
  if (status !== undefined) {
    if (!statuses.includes(status)) return response.status(400).json({ error: "status is open or done" });
    conditions.push("status = ?");
    values.push(status);
  }
  const sql = `SELECT id, title, status, due FROM tasks WHERE ${conditions.join(" AND ")} ORDER BY ${by}`;
  return response.json(db.prepare(sql).all(...values));
});

app.listen(Number(process.env.PORT), "127.0.0.1");
