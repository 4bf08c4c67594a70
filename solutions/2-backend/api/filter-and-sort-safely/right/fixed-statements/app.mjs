// One fixed statement for each order, all prepared at the start: no request makes any SQL.
// A filter that was not sent is NULL, and lets everything through; instr knows no signs, so nothing is escaped.
import { DatabaseSync } from "node:sqlite";
import express from "express";

const db = new DatabaseSync(process.env.DATABASE_PATH);

// A Map holds what was put into it alone; a plain object also has `constructor` and other names.
const statements = new Map();
for (const name of ["id", "title", "status", "due"]) {
  for (const [sign, direction] of [["", "ASC"], ["-", "DESC"]]) {
    const statement = db.prepare(`
      SELECT id, title, status, due FROM tasks
      WHERE ($q IS NULL OR instr(title, $q) > 0) AND ($status IS NULL OR status = $status)
      ORDER BY ${name} ${direction}, id`);
    statements.set(sign + name, statement);
  }
}

const router = express.Router();
router.get("/tasks", (request, response) => {
  const query = new URL(request.originalUrl, "http://service").searchParams;
  const [q, status] = [query.get("q"), query.get("status")];
  const statement = statements.get(query.get("sort") ?? "id");
  if (!statement || ![null, "open", "done"].includes(status)) {
    return response.status(400).json({ error: "no such sort or status" });
  }
  return response.json(statement.all({ $q: q, $status: status }));
});

express().use(router).listen(Number(process.env.PORT), "127.0.0.1");
