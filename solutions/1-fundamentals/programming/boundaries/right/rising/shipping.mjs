// Separate `if`s that overwrite are right too, when the limits rise and each condition
// says only where its tier begins. It depends on the order of the lines.
export function tier(grams, country) {
  const abroad = ["ES", "FR", "IT"].includes(country);
  if (!abroad && country !== "PT") throw new Error("unknown country " + country);
  if (grams < 1) throw new Error("no such weight: " + grams);
  let name = "letter";
  if (grams > (abroad ? 250 : 500)) name = "parcel";
  if (grams >= (abroad ? 10_000 : 20_000)) name = "freight";
  return name;
}
