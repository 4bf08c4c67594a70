export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(structuredClone(line));
  return copy;
}

export function unique(texts) {
  for (const text of texts) {
    if (texts.indexOf(text) !== texts.lastIndexOf(text)) texts.splice(texts.indexOf(text), 1);
  }
  return texts;
}
