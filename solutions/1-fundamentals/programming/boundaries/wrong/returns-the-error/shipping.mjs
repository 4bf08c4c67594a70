const LIMITS = { PT: [500, 20_000], ES: [250, 10_000], FR: [250, 10_000], IT: [250, 10_000] };

export function tier(grams, country) {
  if (grams <= 0) return new Error(`no such weight: ${grams}`).message;
  if (!(country in LIMITS)) return `error: ${country}`;
  const [letter, freight] = LIMITS[country];
  if (grams <= letter) return "letter";
  return grams < freight ? "parcel" : "freight";
}
