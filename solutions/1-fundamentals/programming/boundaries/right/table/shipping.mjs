// The limits are data: each tier with its first gram, heaviest first. A new country
// is a new line here, and no condition changes.
const HOME = [[20_000, "freight"], [501, "parcel"], [1, "letter"]];
const ABROAD = [[10_000, "freight"], [251, "parcel"], [1, "letter"]];
const TIERS = new Map([["PT", HOME], ["ES", ABROAD], ["FR", ABROAD], ["IT", ABROAD]]);

export function tier(grams, country) {
  const rows = TIERS.get(country);
  if (!rows) throw new Error(`unknown country: ${country}`);
  const row = rows.find(([first]) => grams >= first);
  if (!row) throw new Error(`weight out of range: ${grams}`);
  return row[1];
}
