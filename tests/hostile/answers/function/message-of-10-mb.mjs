export function answer(n) {
  throw new Error("x".repeat(10_000_000));
}
export const other = () => 7;
