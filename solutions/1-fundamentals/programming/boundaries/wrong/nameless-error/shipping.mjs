const HOME = { letter: 500, freight: 20_000 };
const ABROAD = { letter: 250, freight: 10_000 };
const LIMITS = { PT: HOME, ES: ABROAD, FR: ABROAD, IT: ABROAD };

export function tier(grams, country) {
  if (grams < 1) throw new Error(`no such weight: ${grams}`);
  const limits = LIMITS[country];
  if (grams <= limits.letter) return "letter";
  return grams < limits.freight ? "parcel" : "freight";
}
