export function answer(n) {
  return { [Symbol.for("nodejs.util.inspect.custom")]: () => { for (;;); }, __proto__: {} };
}
export const other = () => 7;
