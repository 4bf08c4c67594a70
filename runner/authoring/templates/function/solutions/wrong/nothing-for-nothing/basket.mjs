export function total(things) {
  if (things.length === 0) return null;
  return things.reduce((cents, { price, count }) => cents + price * count, 0);
}
