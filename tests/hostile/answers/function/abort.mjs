export function answer(n) {
  process.abort();
}
export const other = () => 7;
