import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

const seen = [];

test("reads", () => {
  for (const text of ["0s", "1h90m7s"]) seen.push(parseDuration(text));
  assert.deepEqual(seen, [0, 9007]);
});
test("larger than the last", () => assert.ok(parseDuration("3h") > seen.at(-1)));
test("refuses", () => {
  for (const text of ["", "5", "30m1h", "5mx"]) assert.throws(() => parseDuration(text), RangeError);
});
