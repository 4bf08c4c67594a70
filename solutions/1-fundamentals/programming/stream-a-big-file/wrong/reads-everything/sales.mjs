import { readFileSync } from "node:fs";

export function total(path, column) {
  const [header, ...lines] = readFileSync(path, "utf8").split(/\r?\n/);
  const place = parse(header).indexOf(column);
  let sum = 0;
  for (const line of lines) if (line) sum += Number(parse(line)[place]);
  return sum;
}

function parse(line) {
  return Array.from(line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g), ([, field]) =>
    field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field,
  );
}
