// `close` stops listening at once and calls back when the last request has been answered; the process ends there.
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const { SECRET_KEY = "", WORK_MS = "200" } = process.env;
const faults = [];
if (SECRET_KEY.length <= 16) faults.push("SECRET_KEY is needed, with 16 characters or more");
if (!/^\d+$/.test(WORK_MS)) faults.push("WORK_MS must be a whole number");
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}

const app = express();

app.get("/sign", (request, response) => {
  const text = request.query.text ?? "";
  response.json({ signature: createHmac("sha256", SECRET_KEY).update(text).digest("hex") });
});

app.get("/work", async (request, response) => {
  console.log("working");
  await sleep(Number(WORK_MS));
  response.json({ done: true });
});

const server = app.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
});
