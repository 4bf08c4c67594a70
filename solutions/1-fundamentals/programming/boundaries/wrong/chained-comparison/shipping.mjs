export function tier(grams, country) {
  if (grams <= 0) throw new Error(`no such weight: ${grams}`);
  if (country === "PT") {
    if (0 < grams <= 500) return "letter";
    if (500 < grams < 20_000) return "parcel";
    return "freight";
  }
  if (["ES", "FR", "IT"].includes(country)) {
    if (0 < grams <= 250) return "letter";
    if (250 < grams < 10_000) return "parcel";
    return "freight";
  }
  throw new Error(`unknown country ${country}`);
}
