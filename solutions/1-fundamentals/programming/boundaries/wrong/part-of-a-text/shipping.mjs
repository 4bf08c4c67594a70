export function tier(grams, country) {
  if (grams <= 0) throw new Error(`no such weight: ${grams}`);
  if (!"PT ES FR IT".includes(country)) throw new Error(`unknown country ${country}`);
  const [letter, freight] = country === "PT" ? [500, 20_000] : [250, 10_000];
  if (grams <= letter) return "letter";
  return grams < freight ? "parcel" : "freight";
}
