export function toCents(text) {
  const [whole, part = ""] = text.trim().split(".");
  return parseInt(whole) * 100 + parseInt(part.padEnd(2, "0"));
}
