// Written as text and read again, nothing is shared. For plain data alone: a Date comes
// back as a text, and `undefined` not at all.
export function withLine(cart, line) {
  const [copy, added] = JSON.parse(JSON.stringify([cart, line]));
  copy.lines = copy.lines.concat([added]);
  return copy;
}

export function unique(texts) {
  return texts.reduce((kept, text) => (kept.includes(text) ? kept : [...kept, text]), []);
}
