export function withLine(cart, line) {
  cart.lines.push(line);
  return structuredClone(cart);
}

export const unique = (texts) => [...new Set(texts)];
