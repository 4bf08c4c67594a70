// A function that calls itself goes down to every level; texts cannot be changed and are shared.
function copied(value) {
  if (Array.isArray(value)) return value.map(copied);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each)]));
}

export function withLine(cart, line) {
  return copied(Object.assign({}, cart, { lines: cart.lines.concat(line) }));
}

// Map keys keep their order, also for texts such as "10" and "2".
export function unique(texts) {
  return Array.from(new Map(texts.map((text) => [text, true])).keys());
}
