import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export function total(path, column) {
  let place = -1;
  let sum = 0;
  createInterface({ input: createReadStream(path) }).on("line", (line) => {
    const fields = parse(line);
    if (place < 0) place = fields.indexOf(column);
    else sum += Number(fields[place]);
  });
  return sum;
}

function parse(line) {
  return Array.from(line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g), ([, field]) =>
    field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field,
  );
}
