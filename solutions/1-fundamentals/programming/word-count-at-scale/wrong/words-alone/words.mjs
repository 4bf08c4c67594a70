export function topWords(text, k) {
  const counts = new Map();
  for (const word of text.toLowerCase().match(/\p{L}+(?:'\p{L}+)*/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts.keys()];
  return words.sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1)).slice(0, k);
}
