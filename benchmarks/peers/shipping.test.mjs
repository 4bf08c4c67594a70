// The checks of programming/boundaries for node:test: the same weights, limits and refusals.
import assert from "node:assert/strict";
import test from "node:test";
import { tier } from "./shipping.mjs";

const ABROAD = ["ES", "FR", "IT"];
const LIMITS = { PT: [500, 20_000], ES: [250, 10_000], FR: [250, 10_000], IT: [250, 10_000] };
const between = (least, below) => least + Math.floor(Math.random() * (below - least));
const oneOf = (list) => list[between(0, list.length)];

function right(grams, country) {
  const [letter, freight] = LIMITS[country];
  if (grams <= letter) return "letter";
  return grams >= freight ? "freight" : "parcel";
}

function tryLimits(country) {
  for (const limit of LIMITS[country]) {
    for (const grams of [limit - 1, limit, limit + 1]) assert.equal(tier(grams, country), right(grams, country));
  }
}

function refusal(grams, country) {
  try {
    tier(grams, country);
  } catch (error) {
    return error.message;
  }
  return assert.fail("no error");
}

test("plain weights", () => {
  for (const country of ["PT", oneOf(ABROAD)]) {
    for (const grams of [between(20, 200), between(900, 9_000), between(25_000, 90_000)]) {
      assert.equal(tier(grams, country), right(grams, country));
    }
  }
});

test("home limits", () => tryLimits("PT"));

test("abroad limits", () => ABROAD.forEach(tryLimits));

test("refuses no weight", () => {
  const country = oneOf(["PT", ...ABROAD]);
  assert.equal(tier(1, country), "letter");
  for (const grams of [0, -1, -between(20, 900)]) {
    const message = refusal(grams, country);
    assert.ok(message.includes(String(grams)), message);
  }
});

test("refuses unknown country", () => {
  for (const country of [oneOf(["BA", "DE", "GK"]), oneOf(["HO", "KQ", "LT"]), oneOf(["NX", "QZ", "SA"])]) {
    const message = refusal(300, country);
    assert.ok(message.includes(country), message);
  }
});
