import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("hours", () => {
  assert.equal(parseDuration("2h"), 7200);
});

// TODO(learn): test the rest of the contract; what could somebody get wrong?
// node --test runs each function that is handed to test().
