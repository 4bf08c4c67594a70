import express from "express";

const app = express();
const items = { 1: "tea", 2: "cup", 3: "oak table" };
const codes = { 400: "bad_request", 404: "not_found", 405: "method_not_allowed", 500: "internal" };

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function connect() {
  const host = process.env.DATABASE_HOST ?? "db.internal";
  throw new Error(`no answer from ${host}`);
}

function only(...methods) {
  return (request, response) => {
    response.set("Allow", methods.join(", "));
    throw new Refused(405, `${request.method} is not for this path`);
  };
}

app.use(express.json());

app
  .route("/items/:id")
  .get((request, response) => {
    const { id } = request.params;
    if (!/^[0-9]+$/.test(id)) throw new Refused(400, "an id is a number");
    if (!Object.hasOwn(items, id)) throw new Refused(404, "no such item");
    response.json({ id: Number(id), name: items[id] });
  })
  .all(only("GET", "HEAD"));

app
  .route("/items")
  .post((request, response) => {
    const name = request.body?.name;
    if (typeof name !== "string") throw new Refused(400, "name is missing");
    response.status(201).json({ id: 4, name });
  })
  .all(only("POST"));

app
  .route("/report")
  .get(async (request, response) => {
    response.json(await connect());
  })
  .all(only("GET", "HEAD"));

app.use((request) => {
  throw new Refused(404, `there is no ${request.path}`);
});

app.use((error, request, response, next) => {
  if (response.headersSent) return next(error);
  const status = error.status >= 400 && error.status < 500 ? error.status : 500;
  const message = status === 500 ? "the server is at fault" : error.message;
  return response.status(status).json({ error: { code: codes[status] ?? "refused", message } });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
