// No framework at all: one function for every request, so the id is a plain constant of that function.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

async function route(method, path, log) {
  const [, place, number, more] = path.split("/");
  if (method === "GET" && place === "orders" && number && more === undefined) {
    await sleep(30);
    log({ event: "found", order: number });
    return [200, { order: number }];
  }
  if (method === "GET" && path === "/broken") throw new Error("the shelf fell down");
  return [404, { error: "not found" }];
}

createServer(async (request, response) => {
  const sent = request.headers["x-request-id"] ?? "";
  const id = /^[A-Za-z0-9_-]{1,64}$/.test(sent) ? sent : randomUUID();
  const log = (fields) => console.log(JSON.stringify({ request_id: id, ...fields }));
  const { method } = request;
  const path = request.url.split("?")[0];
  const [status, body] = await route(method, path, log).catch(() => [500, { error: "it is our fault" }]);
  response.writeHead(status, { "Content-Type": "application/json", "X-Request-Id": id });
  response.end(JSON.stringify(body));
  log({ method, path, status });
}).listen(Number(process.env.PORT), "127.0.0.1");
