export function answer(n) {
  return 10n ** 5000n;
}
export const other = () => 7;
