// What stands after the last \n is taken for one more line.
import { readFileSync } from "node:fs";

export function total(path, column) {
  const [header, ...lines] = readFileSync(path, "utf8").split("\n");
  const place = header.split(",").indexOf(column);
  return lines.reduce((sum, line) => sum + Number(line.split(",")[place]), 0);
}
