import { writeSync } from "node:fs";

export function answer(n) {
  for (;;) {
    try {
      writeSync(Number(process.argv[2]), "{}\n".repeat(1000));
    } catch {}
  }
}
export const other = () => 7;
