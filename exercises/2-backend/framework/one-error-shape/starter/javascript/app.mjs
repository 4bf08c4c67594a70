import express from "express";

const app = express();
const items = { 1: "tea", 2: "cup", 3: "oak table" };

async function connect() {
  const host = process.env.DATABASE_HOST ?? "db.internal";
  throw new Error(`no answer from ${host}`);
}

// TODO(learn): let every error below, and the framework's own, leave in one shape

app.use(express.json());

app.get("/items/:id", (request, response) => {
  const { id } = request.params;
  if (!/^[0-9]+$/.test(id)) return response.status(400).send("an id is a number");
  if (!Object.hasOwn(items, id)) return response.status(404).json({ message: "no such item" });
  return response.json({ id: Number(id), name: items[id] });
});

app.post("/items", (request, response) => {
  const name = request.body?.name;
  if (typeof name !== "string") return response.status(400).json({ error: "name is missing" });
  return response.status(201).json({ id: 4, name });
});

app.get("/report", async (request, response) => {
  response.json(await connect());
});

app.listen(Number(process.env.PORT), "127.0.0.1");
