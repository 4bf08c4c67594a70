export function answer(n) {
  throw new Error("\ud800".repeat(10));
}
export const other = () => 7;
