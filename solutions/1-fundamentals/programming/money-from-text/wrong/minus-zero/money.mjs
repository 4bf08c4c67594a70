export function toCents(text) {
  const [whole, part = ""] = text.trim().split(".");
  const euros = Number(whole);
  const cents = Number(part.padEnd(2, "0"));
  return euros < 0 ? euros * 100 - cents : euros * 100 + cents;
}
