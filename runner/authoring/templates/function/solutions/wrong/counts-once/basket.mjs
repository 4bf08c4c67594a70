export const total = (things) => things.reduce((cents, { price }) => cents + price, 0);
