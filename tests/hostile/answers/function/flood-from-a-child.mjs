import { spawn } from "node:child_process";

export function answer(n) {
  spawn("yes", ["backendlings-attack"], { detached: true, stdio: "inherit" });
  return 0;
}
export const other = () => 7;
