export function tier(grams, country) {
  if (!["PT", "ES", "FR", "IT"].includes(country)) throw new Error(`unknown country ${country}`);
  if (grams < 1) throw new Error(`no such weight: ${grams}`);
  if (grams <= 500) return "letter";
  return grams < 20_000 ? "parcel" : "freight";
}
