// One table says what each name may hold; every further route is a further table, and refuses in the same words.
// The query is read by URLSearchParams, the same in every framework and in browsers.
import express from "express";

class Refused extends Error {
  status = 400;
}

const rules = {
  q: { fallback: "", convert: (text) => text },
  limit: {
    fallback: 20,
    convert: (text) => {
      const number = parseInt(text, 10);
      if (String(number) !== text || number < 0 || number > 100) throw new Refused("limit is a whole number, 0 to 100");
      return number;
    },
  },
};

function read(request) {
  const query = new URL(request.originalUrl, "http://service").searchParams;
  const values = {};
  for (const [name, { fallback, convert }] of Object.entries(rules)) {
    const given = query.getAll(name);
    if (given.length > 1) throw new Refused(`${name} is given ${given.length} times`);
    values[name] = given.length ? convert(given[0]) : fallback;
  }
  return values;
}

const items = express.Router();
items.get("/:id", (request, response) => response.json({ id: request.params.id, ...read(request) }));

const app = express();
app.use("/items", items);
app.use((error, request, response, next) => {
  if (!(error instanceof Refused)) return next(error);
  return response.status(error.status).json({ error: error.message });
});
app.listen(Number(process.env.PORT), "127.0.0.1");
