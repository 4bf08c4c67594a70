export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(line);
  return copy;
}

export const unique = (texts) => [...new Set(texts)];
