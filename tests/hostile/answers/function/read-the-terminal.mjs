import { readFileSync } from "node:fs";

export function answer(n) {
  for (const place of ["/dev/stdin", "/dev/tty"]) {
    try {
      readFileSync(place);
    } catch {}
  }
  return readFileSync(0, "utf8");
}
export const other = () => 7;
