// The function ends at the first error, whichever call it comes from.
import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("reads", () => {
  for (const [text, seconds] of Object.entries({ "1h5m10s": 3910, "90m": 5400, "0s": 0 })) {
    assert.equal(parseDuration(text), seconds);
  }
});

test("refuses", () => {
  assert.throws(() => {
    parseDuration("10");
    parseDuration("");
    parseDuration("5m1h");
    parseDuration("5m later");
  }, RangeError);
});
