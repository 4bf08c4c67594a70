export function toCents(text) {
  return (Number(text) * 100).toFixed(0);
}
