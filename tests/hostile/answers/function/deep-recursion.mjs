export function answer(n) {
  const deep = () => deep() + 1;
  return deep();
}
export const other = () => 7;
