// The last argument of `reduce` is the sum of nothing.
export const total = (things) =>
  things.reduce((cents, { price, count }) => cents + price * count, 0);
