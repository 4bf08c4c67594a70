// No framework: node:http alone, which shows what Express does for you with a body.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function read(request) {
  if (request.headers["content-type"]?.split(";")[0].trim().toLowerCase() !== "application/json") {
    throw new Refused(415, "send application/json");
  }
  const body = await json(request).catch(() => null);
  if (body?.constructor !== Object) throw new Refused(400, "a task is an object");
  return body;
}

function task({ title, priority, done = false, ...others }) {
  if (Object.keys(others).length) throw new Refused(400, "too many fields");
  if (typeof title !== "string" || !title || title.length > 80) throw new Refused(400, "title");
  if (!Number.isInteger(priority) || priority < 1 || priority > 5) throw new Refused(400, "priority");
  if (typeof done !== "boolean") throw new Refused(400, "done");
  return { title, priority, done };
}

createServer(async (request, response) => {
  const answer = (status, value) =>
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
  try {
    if (request.method !== "POST" || request.url !== "/tasks") throw new Refused(404, "no such page");
    answer(201, task(await read(request)));
  } catch (error) {
    answer(error.status ?? 500, { error: error.status ? error.message : "the server is at fault" });
  }
}).listen(Number(process.env.PORT), "127.0.0.1");
