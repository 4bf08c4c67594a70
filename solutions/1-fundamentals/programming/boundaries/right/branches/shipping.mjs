// Refusals first, then the limits by country, then one chain for the weight.
export function tier(grams, country) {
  if (grams <= 0) throw new RangeError(`nothing to ship: ${grams} g`);
  let letter, freight;
  if (country === "PT") {
    [letter, freight] = [500, 20_000];
  } else if (["ES", "FR", "IT"].includes(country)) {
    [letter, freight] = [250, 10_000];
  } else {
    throw new RangeError(`we do not ship to "${country}"`);
  }
  if (grams <= letter) return "letter";
  else if (grams < freight) return "parcel";
  else return "freight";
}
