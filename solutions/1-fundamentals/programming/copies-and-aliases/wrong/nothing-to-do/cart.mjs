export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(structuredClone(line));
  return copy;
}

export function unique(texts) {
  const kept = new Set(texts);
  return kept.size === texts.length ? texts : [...kept];
}
