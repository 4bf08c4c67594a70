export function toCents(text) {
  const cents = Number(text) * 100;
  if (Number.isNaN(cents)) throw new Error(`not an amount: ${text}`);
  return cents;
}
