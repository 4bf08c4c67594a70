// No framework: node:http alone. Another sign to escape with, which needs no doubling in the source.
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";

const db = new DatabaseSync(process.env.DATABASE_PATH);
const filters = { q: "title LIKE ? ESCAPE '!'", status: "status = ?" };

function answer(query) {
  const sort = /^(-?)(id|title|status|due)$/.exec(query.get("sort") ?? "id");
  if (!sort || !["open", "done"].includes(query.get("status") ?? "open")) {
    return [400, { error: "no such sort or status" }];
  }
  if (query.has("q")) query.set("q", `%${query.get("q").replace(/[!%_]/g, "!$&")}%`);
  const names = Object.keys(filters).filter((name) => query.has(name));
  const where = names.map((name) => filters[name]).join(" AND ") || "TRUE";
  const by = `${sort[2]} ${sort[1] ? "DESC" : "ASC"}, id`;
  const statement = db.prepare(`SELECT id, title, status, due FROM tasks WHERE ${where} ORDER BY ${by}`);
  return [200, statement.all(...names.map((name) => query.get(name)))];
}

createServer((request, response) => {
  const url = new URL(request.url, "http://service");
  const known = request.method === "GET" && url.pathname === "/tasks";
  const [status, value] = known ? answer(url.searchParams) : [404, { error: "no such page" }];
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}).listen(Number(process.env.PORT), "127.0.0.1");
