export function tier(grams, country) {
  if (grams <= 0) throw new Error(`no such weight: ${grams}`);
  const [letter, freight] = country === "home" ? [500, 20_000] : [250, 10_000];
  if (grams <= letter) return "letter";
  return grams < freight ? "parcel" : "freight";
}
