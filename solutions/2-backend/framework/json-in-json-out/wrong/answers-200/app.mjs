import express from "express";

const app = express();
app.use(express.json({ strict: false })); // answers 400 to what is not JSON, and leaves other types alone

app.post("/tasks", (request, response) => {
  if (!request.is("application/json")) return response.status(415).json({ error: "send application/json" });
  const problem = fault(request.body);
  if (problem) return response.status(400).json({ error: problem });
  const { title, priority, done = false } = request.body;
  return response.json({ title, priority, done });
});

function fault(task) {
  if (typeof task !== "object" || task === null || Array.isArray(task)) return "a task is an object";
  const { title, priority, done, ...others } = task;
  if (Object.keys(others).length > 0) return "a task has a title, a priority, and perhaps done";
  if (typeof title !== "string" || title.length < 1 || title.length > 80) return "title is a text of 1 to 80 characters";
  if (!Number.isInteger(priority) || priority < 1 || priority > 5) return "priority is a whole number from 1 to 5";
  if (done !== undefined && typeof done !== "boolean") return "done is true or false";
  return null;
}

app.listen(Number(process.env.PORT), "127.0.0.1");
