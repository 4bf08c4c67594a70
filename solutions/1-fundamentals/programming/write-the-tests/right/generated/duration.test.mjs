// Texts are made instead of listed: parts in the right order are read, in any other they are
// refused. Few lines try hundreds of texts; a failure must then name its text.
import assert from "node:assert/strict";
import test from "node:test";

import { parseDuration } from "./duration.mjs";

const RIGHT = ["h", "m", "s", "hm", "hs", "ms", "hms"];
const WORTH = { h: 3600, m: 60, s: 1 };

await test("reads all that is in order", () => {
  for (const units of RIGHT) {
    for (const number of [0, 1, 59, 75]) {
      const text = [...units].map((unit) => number + unit).join("");
      const expected = [...units].reduce((sum, unit) => sum + number * WORTH[unit], 0);
      assert.equal(parseDuration(text), expected, text);
    }
  }
});

await test("refuses all the rest", async (t) => {
  const spoilt = RIGHT.flatMap((units) => [" ", "7", "x"].map((more) => [...units].map((u) => 4 + u).join("") + more));
  for (const text of ["", "1m2h", "1s2m", "1s2h", "3h3h", ...spoilt]) {
    await t.test(`"${text}"`, () => assert.throws(() => parseDuration(text), RangeError));
  }
});
