export function answer(n) {
  const get = () => {
    throw new Error("worse");
  };
  throw Object.defineProperties(new Error(), { message: { get }, stack: { get }, cause: { get }, name: { get } });
}
export const other = () => 7;
