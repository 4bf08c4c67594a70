export function answer() {
  for (;;);
}
export const other = () => 7;
