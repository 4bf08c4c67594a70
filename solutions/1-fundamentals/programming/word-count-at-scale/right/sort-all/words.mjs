// One pass counts into a Map; one sort orders the different words.
// \p{L} with the flag u is a letter of any alphabet.
const WORD = /\p{L}+(?:'\p{L}+)*/gu;

export function topWords(text, k) {
  const counts = new Map();
  for (const word of text.toLowerCase().match(WORD) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, k);
}
