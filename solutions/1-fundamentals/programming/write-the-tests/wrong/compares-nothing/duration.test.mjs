// What comes back is compared, and nobody asks for the outcome.
import { test } from "node:test";

import { parseDuration } from "./duration.mjs";

test("reads", () => {
  parseDuration("2h") === 7200;
  parseDuration("1h5m10s") === 3910;
});
