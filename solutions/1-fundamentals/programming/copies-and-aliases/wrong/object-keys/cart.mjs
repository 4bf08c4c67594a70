export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(structuredClone(line));
  return copy;
}

export function unique(texts) {
  const seen = {};
  for (const text of texts) seen[text] = true;
  return Object.keys(seen);
}
