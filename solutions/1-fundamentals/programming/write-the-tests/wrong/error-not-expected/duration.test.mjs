// The call stands among the arguments: its error comes before assert.throws is called.
import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("reads", () => {
  assert.equal(parseDuration("1h5m10s"), 3910);
});

test("refuses", () => {
  assert.throws(parseDuration("abc"), RangeError);
});
