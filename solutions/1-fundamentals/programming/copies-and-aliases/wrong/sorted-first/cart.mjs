export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(structuredClone(line));
  return copy;
}

export function unique(texts) {
  return [...texts].sort().filter((text, i, all) => text !== all[i - 1]);
}
