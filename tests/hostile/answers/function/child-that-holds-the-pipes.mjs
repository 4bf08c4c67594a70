import { spawn } from "node:child_process";

export function answer(n) {
  const stdio = ["inherit", "inherit", "inherit", Number(process.argv[2])];
  spawn("sh", ["-c", "sleep 3600; :", "backendlings-attack"], { detached: true, stdio });
  return 0;
}
export const other = () => 7;
