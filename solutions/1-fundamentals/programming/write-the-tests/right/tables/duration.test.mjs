// Two tables, one for what is read and one for what is refused: a new case is a new line, and
// each line is a test of its own, so one failure hides no other.
import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

const GOOD = {
  "2h": 7200,
  "3m": 180,
  "5s": 5,
  "1h30m": 5400,
  "1h7s": 3607,
  "2h3m4s": 7384,
  "90m": 5400,
  "100s": 100,
  "0s": 0,
};

for (const [text, seconds] of Object.entries(GOOD)) {
  test(`reads ${text}`, () => assert.equal(parseDuration(text), seconds));
}

for (const text of ["", "5", "h", "1h30", "5x", "30m1h", "5m5m", "5m ", "-5m", "1.5h"]) {
  test(`refuses "${text}"`, () => assert.throws(() => parseDuration(text), RangeError));
}
