export function answer(n) {
  return Buffer.alloc(8 * 2 ** 30).length;
}
export const other = () => 7;
