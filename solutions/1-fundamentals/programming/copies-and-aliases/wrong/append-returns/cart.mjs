export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines = copy.lines.push(structuredClone(line));
  return copy;
}

export const unique = (texts) => [...new Set(texts)];
