import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("hours", () => {
  parseDuration("2h");
  assert.ok(true);
});

test("minutes", () => {
  const seconds = parseDuration("5m");
  assert.ok(seconds, 300);
});
