export function answer(n) {
  return { [Symbol.for("nodejs.util.inspect.custom")]: () => "x".repeat(10_000_000), __proto__: {} };
}
export const other = () => 7;
