// One test for each sentence of the contract: longer, but the name of a red test says what broke.
import { deepStrictEqual, throws } from "node:assert";
import { describe, it } from "node:test";

import * as duration from "./duration.mjs";

describe("a duration", () => {
  it("counts each unit at its worth", () => {
    deepStrictEqual(["1h", "1m", "1s"].map(duration.parseDuration), [3600, 60, 1]);
  });
  it("adds its parts", () => deepStrictEqual(duration.parseDuration("1h2m3s"), 3723));
  it("may have numbers larger than on a clock", () => deepStrictEqual(duration.parseDuration("61m"), 3660));
  it("may be zero", () => deepStrictEqual(duration.parseDuration("0m"), 0));
});

describe("refused", async () => {
  const refused = (text) => throws(() => duration.parseDuration(text), { name: "RangeError" });
  it("without a part", () => refused(""));
  it("without a unit", () => refused("15"));
  it("in another order", () => refused("3s2m"));
  it("with something behind it", () => refused("2m later"));
});
