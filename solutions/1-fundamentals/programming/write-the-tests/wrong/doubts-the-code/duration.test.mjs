import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("reads", () => assert.equal(parseDuration("1h30m7s"), 5407));
for (const text of ["", "5", "30m1h", "5mx", "90m"]) {
  test(`refuses "${text}"`, () => assert.throws(() => parseDuration(text), RangeError));
}
