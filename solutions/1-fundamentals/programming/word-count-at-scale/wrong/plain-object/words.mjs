export function topWords(text, k) {
  const counts = {};
  for (const word of text.toLowerCase().match(/\p{L}+(?:'\p{L}+)*/gu) ?? []) {
    counts[word] = (counts[word] || 0) + 1;
  }
  return Object.entries(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, k);
}
