import { createReadStream } from "node:fs";

export async function total(path, column) {
  let place;
  let sum = 0;
  let rest = "";
  const add = (line) => {
    const fields = parse(line);
    if (place === undefined) place = fields.indexOf(column);
    else sum += Number(fields[place]);
  };
  for await (const piece of createReadStream(path, "utf8")) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop();
    lines.forEach(add);
  }
  if (rest) add(rest);
  return sum;
}

function parse(line) {
  return Array.from(line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g), ([, field]) =>
    field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field,
  );
}
