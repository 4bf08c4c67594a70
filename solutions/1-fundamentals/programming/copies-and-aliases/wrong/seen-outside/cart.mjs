const seen = new Set();

export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(structuredClone(line));
  return copy;
}

export function unique(texts) {
  texts.forEach((text) => seen.add(text));
  return [...seen];
}
