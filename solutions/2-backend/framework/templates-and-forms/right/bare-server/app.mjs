// No framework at all: URLSearchParams reads the form, you do the rest of the HTTP.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const entries = [];
const escape = (value) => value.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

function page({ name = "", message = "", error = "" }) {
  const items = entries.map((each) => `<li><b>${escape(each.name)}</b> <span>${escape(each.message)}</span></li>`);
  return `<!doctype html><meta charset="utf-8"><title>Guest book</title>
<p role="alert">${escape(error)}</p>
<form method="post"><input name="name" value="${escape(name)}">
<textarea name="message">${escape(message)}</textarea><button>Sign</button></form>
<ul>${items.join("")}</ul>`;
}

createServer(async (request, response) => {
  const send = (status, typed) => {
    response.writeHead(status, { "Content-Type": "text/html; charset=utf-8" });
    response.end(page(typed));
  };
  if (request.method !== "POST") return send(200, {});
  const form = new URLSearchParams(await text(request));
  const name = form.get("name") ?? "";
  const message = form.get("message") ?? "";
  const fits = (value, most) => value.trim() !== "" && value.trim().length <= most;
  if (!fits(name, 40) || !fits(message, 200)) return send(422, { name, message, error: "1 to 40, and 1 to 200." });
  entries.push({ name: name.trim(), message: message.trim() });
  response.writeHead(303, { Location: "/" });
  return response.end();
}).listen(Number(process.env.PORT), "127.0.0.1");
