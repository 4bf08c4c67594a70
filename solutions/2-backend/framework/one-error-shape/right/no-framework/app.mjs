// No framework: one table of paths, and one place where answers leave; node:http alone.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const items = { 1: "tea", 2: "cup", 3: "oak table" };
const codes = { 400: "bad_request", 404: "not_found", 405: "method_not_allowed", 500: "internal" };

class Refused extends Error {
  constructor(status, message, headers = {}) {
    super(message);
    Object.assign(this, { status, headers });
  }
}

async function connect() {
  const host = process.env.DATABASE_HOST ?? "db.internal";
  throw new Error(`no answer from ${host}`);
}

function show(request, id) {
  if (!/^[0-9]+$/.test(id)) throw new Refused(400, "an id is a number");
  if (!Object.hasOwn(items, id)) throw new Refused(404, "no such item");
  return [200, { id: Number(id), name: items[id] }];
}

async function add(request) {
  const body = await text(request);
  try {
    const { name } = JSON.parse(body);
    if (typeof name === "string") return [201, { id: 4, name }];
  } catch {
    // answered below, as a missing name is
  }
  throw new Refused(400, "send an object with a name");
}

const routes = [
  [/^\/items\/([^/]+)$/, { GET: show }],
  [/^\/items$/, { POST: add }],
  [/^\/report$/, { GET: async () => [200, await connect()] }],
];

function find({ method, url }) {
  const path = url.split("?")[0];
  const [pattern, methods] = routes.find(([each]) => each.test(path)) ?? [];
  if (!pattern) throw new Refused(404, "there is nothing here");
  if (!methods[method]) throw new Refused(405, "other methods", { Allow: Object.keys(methods).join(", ") });
  return [methods[method], pattern.exec(path).slice(1)];
}

createServer(async (request, response) => {
  const answer = (status, value, headers) =>
    response.writeHead(status, { ...headers, "Content-Type": "application/json" }).end(JSON.stringify(value));
  try {
    const [handler, found] = find(request);
    answer(...(await handler(request, ...found)));
  } catch (error) {
    const { status, message, headers } = error instanceof Refused ? error : new Refused(500, "the server is at fault");
    if (status === 500) console.error(error);
    answer(status, { error: { code: codes[status], message } }, headers);
  }
}).listen(Number(process.env.PORT), "127.0.0.1");
