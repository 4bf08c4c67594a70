export function tier(grams, country) {
  const limits = { PT: [500, 20_000], ES: [250, 10_000], FR: [250, 10_000], IT: [250, 10_000] };
  if (!limits[country]) throw new Error("unknown country: " + country);
  const [letter, freight] = limits[country];
  if (grams <= letter) return "letter";
  return grams < freight ? "parcel" : "freight";
}
