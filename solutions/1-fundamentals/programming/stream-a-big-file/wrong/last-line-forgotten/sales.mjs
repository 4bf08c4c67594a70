import { createReadStream } from "node:fs";

export async function total(path, column) {
  let place = -1;
  let sum = 0;
  let rest = "";
  for await (const piece of createReadStream(path, "utf8")) {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) {
      const fields = parse(line);
      if (place < 0) place = fields.indexOf(column);
      else sum += Number(fields[place]);
    }
  }
  return sum;
}

function parse(line) {
  return Array.from(line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g), ([, field]) =>
    field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field,
  );
}
