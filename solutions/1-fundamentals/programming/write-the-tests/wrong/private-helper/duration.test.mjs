import assert from "node:assert/strict";
import { test } from "node:test";

import { _seconds, parseDuration } from "./duration.mjs";

test("adds", () => assert.equal(_seconds(1, 2, 3), 3723));
test("refuses", () => {
  for (const text of ["", "5", "30m1h", "5mx"]) assert.throws(() => parseDuration(text), RangeError);
});
test("reads", () => {
  assert.equal(parseDuration("0s"), 0);
  assert.equal(parseDuration("1h90m7s"), 9007);
});
