export const answer = (n) => n * n + 7;
export const other = () => 7;
