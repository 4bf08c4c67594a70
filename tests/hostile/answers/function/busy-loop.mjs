export function answer(n) {
  for (;;);
}
export const other = () => 7;
