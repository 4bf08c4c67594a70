export function answer(n) {
  const held = [];
  for (;;) held.push(new SharedArrayBuffer(2 ** 24), Buffer.alloc(2 ** 24, 1));
}
export const other = () => 7;
