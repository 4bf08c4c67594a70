export function topWords(text, k) {
  const words = text.toLowerCase().match(/\p{L}+(?:'\p{L}+)*/gu) ?? [];
  const counts = words.reduce(
    (sofar, word) => ({ ...sofar, [word]: (Object.hasOwn(sofar, word) ? sofar[word] : 0) + 1 }),
    {},
  );
  return Object.entries(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, k);
}
