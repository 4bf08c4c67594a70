import { closeSync, openSync } from "node:fs";

export function answer(n) {
  try {
    for (let number = 0; number < 50_000; number++) closeSync(openSync(`${number}`, "w"));
  } catch {}
  return 0;
}
export const other = () => 7;
