// structuredClone is new at every level, whatever the depth; it costs time for what is large.
export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(structuredClone(line));
  return copy;
}

// A Set keeps its values in the order in which they first came.
export function unique(texts) {
  return [...new Set(texts)];
}
