export function toCents(text) {
  const [whole, part] = text.trim().split(".");
  return Number(whole) * 100 + Number(part ?? 0);
}
