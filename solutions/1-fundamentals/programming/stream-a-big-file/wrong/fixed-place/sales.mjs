import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export async function total(path, column) {
  let header = true;
  let sum = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (!header) sum += Number(parse(line).at(-1));
    header = false;
  }
  return sum;
}

function parse(line) {
  return Array.from(line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g), ([, field]) =>
    field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field,
  );
}
