export function tier(grams, country) {
  if (grams <= 0) throw new Error(`no such weight: ${grams}`);
  let letter, freight;
  if (country === "PT") {
    [letter, freight] = [500, 20_000];
  } else if (country === "ES" || "FR" || "IT") {
    [letter, freight] = [250, 10_000];
  } else {
    throw new Error(`unknown country ${country}`);
  }
  if (grams <= letter) return "letter";
  return grams < freight ? "parcel" : "freight";
}
