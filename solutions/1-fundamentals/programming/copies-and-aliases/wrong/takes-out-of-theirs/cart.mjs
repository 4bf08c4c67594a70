export function withLine(cart, line) {
  const copy = structuredClone(cart);
  copy.lines.push(structuredClone(line));
  return copy;
}

export function unique(texts) {
  for (let i = texts.length - 1; i >= 0; i--) {
    if (texts.indexOf(texts[i]) < i) texts.splice(i, 1);
  }
  return texts;
}
