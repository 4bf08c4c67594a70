export function answer(n) {
  const held = [];
  for (;;) held.push(new Array(100_000).fill(1.5));
}
export const other = () => 7;
