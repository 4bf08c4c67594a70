// The shape as a table, and a function that makes a handler of it: a second kind of body is a second table.
import express from "express";

const task = new Map([
  ["title", { holds: (value) => typeof value === "string" && value.length >= 1 && value.length <= 80 }],
  ["priority", { holds: (value) => [1, 2, 3, 4, 5].includes(value) }],
  ["done", { holds: (value) => value === true || value === false, otherwise: false }],
]);

function takes(shape) {
  return (request, response, next) => {
    if (!request.is("json")) return response.sendStatus(415);
    if (Object.prototype.toString.call(request.body) !== "[object Object]") return response.sendStatus(400);
    const given = new Map(Object.entries(request.body));
    const strange = [...given.keys()].filter((name) => !shape.has(name));
    for (const [name, { otherwise }] of shape) if (!given.has(name)) given.set(name, otherwise);
    const wrong = [...shape].filter(([name, { holds }]) => !holds(given.get(name))).map(([name]) => name);
    if (strange.length + wrong.length > 0) return response.status(400).json({ strange, wrong });
    response.locals.body = Object.fromEntries(given);
    return next();
  };
}

const app = express();
app.post("/tasks", express.json(), takes(task), (request, response) => {
  response.status(201).json(response.locals.body);
});
app.listen(Number(process.env.PORT), "127.0.0.1");
