// No framework: node:http alone, which shows what Express does for you with a path and a query.
import { createServer } from "node:http";

function answer(response, status, value) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

createServer((request, response) => {
  const [path, query] = request.url.split(/\?(.*)/s);
  const found = /^\/items\/([^/]+)$/.exec(path);
  if (request.method !== "GET" || !found) return answer(response, 404, { error: "no such page" });
  const values = new URLSearchParams(query); // + is a space here
  const [q = "", ...moreQ] = values.getAll("q");
  const [limit = "20", ...moreLimits] = values.getAll("limit");
  if (moreQ.length || moreLimits.length || !/^([0-9]{1,2}|100)$/.test(limit)) {
    return answer(response, 400, { error: "bad query" });
  }
  try {
    return answer(response, 200, { id: decodeURIComponent(found[1]), q, limit: Number(limit) });
  } catch {
    return answer(response, 400, { error: "bad percent-encoding" });
  }
}).listen(Number(process.env.PORT), "127.0.0.1");
