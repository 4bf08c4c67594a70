export function toCents(text) {
  if (!/^ *[+-]?\d+(\.\d\d?)? *$/.test(text)) throw new Error(`not an amount: ${text}`);
  return Math.round(Number(text) * 100);
}
