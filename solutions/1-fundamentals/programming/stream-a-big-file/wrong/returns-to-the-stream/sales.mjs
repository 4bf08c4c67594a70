// The sum is returned to the stream that calls this function at its end, and total returns nothing.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export function total(path, column) {
  let place = null;
  let sum = 0;
  const lines = createInterface({ input: createReadStream(path) });
  lines.on("line", (line) => {
    const fields = line.split(",");
    if (place === null) place = fields.indexOf(column);
    else sum += Number(fields[place]);
  });
  lines.on("close", () => {
    return sum;
  });
}
