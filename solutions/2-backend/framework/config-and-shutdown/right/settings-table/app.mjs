// Settings in one table, each with its rule; and a stop that only lets go: when the server listens no more and the last
// answer is out, nothing is left to do, and Node ends with status 0 by itself.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";

const RULES = {
  PORT: [undefined, /^\d+$/, "a port"],
  SECRET_KEY: [undefined, /^.{16,}$/, "16 characters or more"],
  WORK_MS: ["200", /^\d+$/, "a whole number"],
};

function readSettings(environment) {
  const found = Object.entries(RULES).map(([name, [fallback]]) => [name, environment[name] ?? fallback]);
  const faults = found.filter(([name, value]) => value === undefined || !RULES[name][1].test(value));
  if (faults.length === 0) return Object.fromEntries(found);
  throw new Error(`cannot start: ${faults.map(([name]) => `${name} must be ${RULES[name][2]}`).join(", ")}`);
}

function createApp({ SECRET_KEY, WORK_MS }) {
  return express()
    .get("/sign", (request, response) => {
      const signature = createHmac("sha256", SECRET_KEY).update(String(request.query.text ?? "")).digest("hex");
      response.json({ signature });
    })
    .get("/work", async (request, response) => {
      console.log("working");
      await sleep(Number(WORK_MS));
      response.json({ done: true });
    });
}

const settings = readSettings(process.env);
const server = createServer(createApp(settings)).listen(Number(settings.PORT), "127.0.0.1");
await once(process, "SIGTERM");
server.close();
