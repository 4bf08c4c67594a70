// In other test runners describe and it are there without an import.
import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

describe("parseDuration", () => {
  it("reads", () => assert.equal(parseDuration("1h5m10s"), 3910));
});
