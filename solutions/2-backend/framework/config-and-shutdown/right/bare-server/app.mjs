// No framework at all. An AbortSignal closes the server as `close` does.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";

const { PORT, SECRET_KEY: key = "", WORK_MS: duration = "200" } = process.env;
const faults = [...(key.length < 16 ? ["SECRET_KEY"] : []), ...(/^[0-9]+$/.test(duration) ? [] : ["WORK_MS"])];
if (faults.length > 0) throw new Error(`missing or wrong: ${faults}`);

const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());

createServer((request, response) => {
  const asked = new URL(request.url, "http://localhost");
  const answer = (status, body) => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };
  if (asked.pathname === "/sign") {
    const text = asked.searchParams.get("text") ?? "";
    answer(200, { signature: createHmac("sha256", key).update(text).digest("hex") });
  } else if (asked.pathname === "/work") {
    console.log("working");
    setTimeout(() => answer(200, { done: true }), Number(duration));
  } else {
    answer(404, { error: "not found" });
  }
}).listen({ port: Number(PORT), host: "127.0.0.1", signal: stop.signal });
