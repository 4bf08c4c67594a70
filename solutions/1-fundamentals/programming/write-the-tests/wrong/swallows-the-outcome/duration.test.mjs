import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("reads", () => {
  assert.equal(parseDuration("0s"), 0);
  assert.equal(parseDuration("1h90m7s"), 9007);
});

test("refuses", () => {
  for (const text of ["", "5", "30m1h", "5mx"]) {
    try {
      parseDuration(text);
      assert.fail("no error");
    } catch (error) {
      assert.ok(error instanceof Error);
    }
  }
});
