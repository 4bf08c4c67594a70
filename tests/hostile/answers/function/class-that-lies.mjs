export function answer(n) {
  const get = (target, name) => (name === "then" ? undefined : () => n);
  return new Proxy(Object(n), { get, getPrototypeOf: () => Number.prototype, ownKeys: () => [] });
}
export const other = () => 7;
