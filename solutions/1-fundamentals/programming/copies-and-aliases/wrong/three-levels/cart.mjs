export function withLine(cart, line) {
  const lines = [...cart.lines, line].map((each) => ({ ...each }));
  return { ...cart, lines };
}

export const unique = (texts) => [...new Set(texts)];
