export function answer(n) {
  return /^(a|a)*$/.test("a".repeat(40) + "b") ? 1 : 0;
}
export const other = () => 7;
