export function toCents(text) {
  if (!/^ *-?\d+(\.\d{1,2})? *$/.test(text)) throw new Error("invalid amount");
  return Math.round(Number(text) * 100);
}
