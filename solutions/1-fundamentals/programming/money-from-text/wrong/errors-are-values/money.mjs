export function toCents(text) {
  const amount = text.trim();
  if (!/^-?\d+(\.\d{1,2})?$/.test(amount)) return NaN;
  return Math.round(Number(amount) * 100);
}
