import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export async function total(path, column) {
  const rows = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    rows.push(parse(line));
  }
  const place = rows.shift().indexOf(column);
  return rows.reduce((sum, row) => sum + Number(row[place]), 0);
}

function parse(line) {
  return Array.from(line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g), ([, field]) =>
    field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field,
  );
}
