export function answer(n) {
  return { [Symbol.for("nodejs.util.inspect.custom")]: () => { throw new Error("odd"); }, get constructor() { return n; }, __proto__: {} };
}
export const other = () => 7;
