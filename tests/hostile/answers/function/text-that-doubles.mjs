export function answer(n) {
  let held = "x";
  for (;;) held = [held, held].join("y");
}
export const other = () => 7;
