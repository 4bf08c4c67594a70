import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const app = express();

// TODO(learn): read and check the settings before anything else; name all that are at fault, then exit
const SECRET_KEY = process.env.SECRET_KEY ?? "development-secret";
const WORK_MS = process.env.WORK_MS ?? "200";
console.log("settings:", SECRET_KEY, WORK_MS);

app.get("/sign", (request, response) => {
  const text = request.query.text ?? "";
  response.json({ signature: createHmac("sha256", SECRET_KEY).update(text).digest("hex") });
});

app.get("/work", async (request, response) => {
  console.log("working");
  await sleep(Number(WORK_MS));
  response.json({ done: true });
});

// TODO(learn): at SIGTERM refuse new connections, finish the requests at work, then exit with 0
app.listen(Number(process.env.PORT), "127.0.0.1");
