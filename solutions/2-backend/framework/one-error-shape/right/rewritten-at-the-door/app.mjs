// One table of paths and methods: 404 and 405 come out of it, so no route can forget them; what a handler returns or
// throws is turned into an answer at one door.
import express from "express";

const items = { 1: "tea", 2: "cup", 3: "oak table" };
const codes = { 400: "bad_request", 404: "not_found", 405: "method_not_allowed" };

async function connect() {
  const host = process.env.DATABASE_HOST ?? "db.internal";
  throw new Error(`no answer from ${host}`);
}

const table = {
  "/items/:id": {
    GET: ({ params: { id } }) => {
      if (!/^[0-9]+$/.test(id)) return [400, "an id is a number"];
      return Object.hasOwn(items, id) ? [200, { id: Number(id), name: items[id] }] : [404, "no such item"];
    },
  },
  "/items": {
    POST: ({ body }) => (typeof body?.name === "string" ? [201, { id: 4, name: body.name }] : [400, "name is missing"]),
  },
  "/report": { GET: async () => [200, await connect()] },
};

function send(response, status, value) {
  if (status < 400) return response.status(status).json(value);
  return response.status(status).json({ error: { code: codes[status] ?? "internal", message: value } });
}

const app = express();
app.use(express.json());
for (const [path, methods] of Object.entries(table)) {
  app.all(path, async (request, response) => {
    const handler = Object.hasOwn(methods, request.method) && methods[request.method];
    if (handler) return send(response, ...(await handler(request)));
    response.set("Allow", Object.keys(methods).join(", "));
    return send(response, 405, "this path has other methods");
  });
}
app.use((request, response) => send(response, 404, "there is nothing here"));
app.use((error, request, response, next) => {
  if (error.type === "entity.parse.failed") return send(response, 400, "the body is not JSON");
  console.log(`${request.method} ${request.url} failed: ${error.stack}`);
  return response.headersSent ? next(error) : send(response, 500, "the server is at fault");
});
app.listen(Number(process.env.PORT), "127.0.0.1");
