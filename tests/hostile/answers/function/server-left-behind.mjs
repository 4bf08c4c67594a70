import { spawn } from "node:child_process";

export async function answer(n) {
  const code = `process.on("SIGTERM", () => {});
    require("net").createServer().listen(47391, "127.0.0.1", () => console.log("listening"));`;
  const server = spawn(process.execPath, ["-e", code, "backendlings-attack"], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => server.stdout.once("data", resolve));
  return 0;
}
export const other = () => 7;
