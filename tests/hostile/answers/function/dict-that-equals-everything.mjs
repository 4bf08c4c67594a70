export function answer(n) {
  return { $float: "nan", $ref: 1, $type: "Number", $repr: "7" };
}
export const other = () => 7;
