// A tag for template literals: html`...` escapes every hole by itself, so forgetting is not possible. The fields and
// their limits stand in one table, which the check and the messages share.
import express from "express";

const MOST = { name: 40, message: 200 };
const CODES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

class Html {
  constructor(text) {
    this.text = text;
  }
}

function safe(value) {
  if (Array.isArray(value)) return value.map(safe).join("");
  return value instanceof Html ? value.text : String(value).replace(/[&<>"']/g, (mark) => CODES[mark]);
}

function html(parts, ...holes) {
  return new Html(String.raw({ raw: parts }, ...holes.map(safe)));
}

const entries = [];

function page(typed, wrong) {
  return html`<!doctype html>
    <title>Guest book</title>
    ${wrong.map((field) => html`<p role="alert">${field} needs 1 to ${MOST[field]} characters.</p>`)}
    <form method="post" action="/">
      <input name="name" value="${typed.name}" />
      <textarea name="message">${typed.message}</textarea>
      <button>Sign</button>
    </form>
    <ul>
      ${entries.map(({ name, message }) => html`<li><b>${name}</b> <span>${message}</span></li>`)}
    </ul>`.text;
}

const book = express.Router();
book.get("/", (request, response) => response.type("html").send(page({ name: "", message: "" }, [])));
book.post("/", express.urlencoded({ extended: true }), (request, response) => {
  const fields = Object.keys(MOST);
  const typed = Object.fromEntries(fields.map((field) => [field, String(request.body?.[field] ?? "")]));
  const wrong = fields.filter((field) => !typed[field].trim() || typed[field].length > MOST[field]);
  if (wrong.length > 0) return response.status(422).send(page(typed, wrong));
  entries.push(Object.fromEntries(fields.map((field) => [field, typed[field].trim()])));
  return response.location("/").sendStatus(303);
});

express().use(book).listen(Number(process.env.PORT), "127.0.0.1");
