import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export async function total(path, column) {
  let place = -1;
  let sum = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const fields = line.split(",");
    if (place < 0) place = fields.indexOf(column);
    else sum += Number(fields[place]);
  }
  return sum;
}
