export const withLine = (cart, line) => ({ ...cart, lines: [...cart.lines, line] });

export const unique = (texts) => [...new Set(texts)];
