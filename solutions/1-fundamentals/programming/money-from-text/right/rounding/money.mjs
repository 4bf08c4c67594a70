// The product is off by far less than half a cent, so rounding finds the right one.
// Shorter than two whole numbers, but it holds only below some ten million million.
export function toCents(text) {
  if (!/^ *-?\d+(\.\d\d?)? *$/.test(text)) {
    throw new TypeError(`${text} is not an amount of money`);
  }
  return Math.round(Number(text) * 100);
}
