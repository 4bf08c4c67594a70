const HOME = [[20_000, "freight"], [501, "parcel"], [1, "letter"]];
const ABROAD = [[10_000, "freight"], [251, "parcel"], [1, "letter"]];
const TIERS = new Map([["PT", HOME], ["ES", ABROAD], ["FR", ABROAD], ["IT", ABROAD]]);

export function tier(grams, country) {
  if (!TIERS.has(country)) throw new Error(`unknown country: ${country}`);
  const row = TIERS.get(country).find(([first]) => grams >= first);
  if (!row) throw new Error(`weight out of range: ${grams}`);
  return row[1];
}
