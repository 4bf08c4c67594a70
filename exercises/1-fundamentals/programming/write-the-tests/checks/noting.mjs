// Each implementation is run with this behind it: it notes the texts that the tests try.
import { appendFileSync } from "node:fs";

const met = new Set();

const noting = {
  parseDuration(text) {
    if (typeof text === "string" && !met.has(text) && met.size < 500) {
      met.add(text);
      appendFileSync(new URL("calls.jsonl", import.meta.url), JSON.stringify(text) + "\n");
    }
    return parseDuration(text);
  },
}.parseDuration;

export { noting as parseDuration };
