export function tier(grams, country) {
  if (grams <= 0) throw new Error(`no such weight: ${grams}`);
  const home = country === "PT";
  if (!home && !["ES", "FR", "IT"].includes(country)) throw new Error(`unknown country ${country}`);
  const [letter, freight] = home ? [500, 20_000] : [250, 10_000];
  let name;
  if (grams <= letter) name = "letter";
  if (grams < freight) name = "parcel";
  if (grams >= freight) name = "freight";
  return name;
}
