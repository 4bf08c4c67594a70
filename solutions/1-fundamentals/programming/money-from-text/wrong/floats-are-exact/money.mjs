export function toCents(text) {
  const amount = parseFloat(text);
  if (Number.isNaN(amount)) throw new Error(`not an amount: ${text}`);
  return Math.trunc(amount * 100);
}
