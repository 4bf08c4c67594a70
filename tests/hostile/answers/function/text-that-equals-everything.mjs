export function answer(n) {
  return Object.assign(new String(n), { toJSON: () => ({ $float: "inf" }) });
}
export const other = () => 7;
