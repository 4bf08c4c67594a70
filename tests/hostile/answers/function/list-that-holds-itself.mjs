export function answer(n) {
  const held = [];
  held.push(held);
  return held;
}
export const other = () => 7;
