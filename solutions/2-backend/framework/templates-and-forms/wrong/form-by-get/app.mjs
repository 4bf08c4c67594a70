import express from "express";

const app = express();
const entries = [];

app.use(express.urlencoded());

function escape(text) {
  return text
    .replaceAll("&", "&amp;") // first, or the others' & would be escaped again
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function page({ name = "", message = "", error = "" } = {}) {
  const items = entries.map((each) => `<li><b>${escape(each.name)}</b> <span>${escape(each.message)}</span></li>`);
  return `<!doctype html>
<title>Guest book</title>
<h1>Guest book</h1>
${error && `<p role="alert">${escape(error)}</p>`}
<form action="/">
  <p><label>Name <input name="name" value="${escape(name)}"></label></p>
  <p><label>Message <textarea name="message">${escape(message)}</textarea></label></p>
  <p><button>Sign</button></p>
</form>
<ul>${items.join("")}</ul>`;
}

app.get("/", (request, response) => {
  response.send(page());
});

app.post("/", (request, response) => {
  const { name = "", message = "" } = request.body ?? {};
  const entry = { name: name.trim(), message: message.trim() };
  let error = "";
  if (entry.name === "" || entry.name.length > 40) error = "The name has 1 to 40 characters.";
  else if (entry.message === "" || entry.message.length > 200) error = "The message has 1 to 200 characters.";
  if (error) return response.status(422).send(page({ name, message, error }));
  entries.push(entry);
  return response.redirect(303, "/");
});

app.listen(Number(process.env.PORT), "127.0.0.1");
