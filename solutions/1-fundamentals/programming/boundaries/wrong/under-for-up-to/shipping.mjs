const LIMITS = { PT: [500, 20_000], ES: [250, 10_000], FR: [250, 10_000], IT: [250, 10_000] };

export function tier(grams, country) {
  if (!(country in LIMITS)) throw new Error(`unknown country ${country}`);
  if (grams <= 0) throw new Error(`no such weight: ${grams}`);
  const [letter, freight] = LIMITS[country];
  if (grams >= freight) return "freight";
  if (grams >= letter) return "parcel";
  return "letter";
}
