import { createReadStream } from "node:fs";

// One character after the other, with a state that outlives the pieces: whether a quote is
// open, and the field so far. Where a piece ends then does not matter.
export async function total(path, column) {
  let place = -1;
  let sum = 0;
  let fields = [];
  let field = "";
  let quoted = false;
  let closed = false; // the last character closed a quote; another quote then stands for itself

  function endOfRow() {
    fields.push(field);
    if (place < 0) place = fields.indexOf(column);
    else sum += Number(fields[place]);
    fields = [];
    field = "";
  }

  for await (const piece of createReadStream(path, "utf8")) {
    for (const each of piece) {
      if (each === '"') {
        if (closed) field += '"';
        closed = quoted;
        quoted = !quoted;
        continue;
      }
      closed = false;
      if (quoted) field += each;
      else if (each === ",") {
        fields.push(field);
        field = "";
      } else if (each === "\n") endOfRow();
      else if (each !== "\r") field += each;
    }
  }
  if (fields.length > 0) endOfRow();
  return sum;
}
