import express from "express";

const app = express();
const entries = []; // memory is enough here

app.use(express.urlencoded());

// TODO(learn): texts of strangers go into the page as they are
function page() {
  const items = entries.map(({ name, message }) => `<li><b>${name}</b> <span>${message}</span></li>`);
  return `<!doctype html>
<title>Guest book</title>
<h1>Guest book</h1>
<form method="post" action="/">
  <p><label>Name <input name="name"></label></p>
  <p><label>Message <textarea name="message"></textarea></label></p>
  <p><button>Sign</button></p>
</form>
<ul>${items.join("")}</ul>`;
}

app.get("/", (request, response) => {
  response.send(page());
});

// TODO(learn): check what comes, keep what was typed, send the browser on
app.post("/", (request, response) => {
  entries.push(request.body);
  response.send(page());
});

app.listen(Number(process.env.PORT), "127.0.0.1");
