import express from "express";

const app = express();
const pens = [];
app.use(express.json());

app.get("/health", (request, response) => response.json({ status: "ok" }));

app.get("/pens", (request, response) => {
  const { colour } = request.query;
  response.json(pens.filter((pen) => colour === undefined || pen.colour === colour));
});

app.post("/pens", (request, response) => {
  if (request.body.colour === undefined) return response.status(400).json({ error: "a pen has a colour" });
  pens.push({ id: pens.length + 1, colour: request.body.colour });
  return response.status(201).json(pens.at(-1));
});

app.get("/pens/:number", (request, response) => {
  const pen = pens.find((each) => each.id === Number(request.params.number));
  return pen ? response.json(pen) : response.status(404).json({ error: "TODO(learn)" });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
