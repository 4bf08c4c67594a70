export function answer(n) {
  throw new ({ ["E".repeat(10_000_000)]: class extends Error {} }["E".repeat(10_000_000)])("x");
}
export const other = () => 7;
