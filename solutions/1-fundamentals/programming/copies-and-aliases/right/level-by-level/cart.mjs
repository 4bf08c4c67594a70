// Each level is written out. It copies no more than needed and is fast, but a new level
// in the data has to be added here too.
const copyOf = (line) => ({ ...line, options: [...line.options] });

export const withLine = (cart, line) => ({ ...cart, lines: [...cart.lines, line].map(copyOf) });

// A text stays where its first place in the list is its own. Each search begins at the
// front, so for long lists a Set is faster.
export const unique = (texts) => texts.filter((text, i) => texts.indexOf(text) === i);
