import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("hours", () => assert.equal(parseDuration("2h"), 7200));
test("minutes", () => assert.equal(parseDuration("30m"), 1800));
test("hours and minutes", () => assert.equal(parseDuration("1h30m"), 5400));
test("all", () => assert.equal(parseDuration("1h5m10s"), 3910));
