export function toCents(text) {
  if (!/^ *-?\d+(\.\d\d?)? *$/.test(text)) throw `not an amount: ${text}`;
  return Math.round(Number(text) * 100);
}
