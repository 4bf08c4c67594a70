export function topWords(text, k) {
  const words = text.toLowerCase().match(/\p{L}+(?:'\p{L}+)*/gu) ?? [];
  const counts = [];
  for (const word of words) {
    const known = counts.find((pair) => pair[0] === word);
    if (known) known[1]++;
    else counts.push([word, 1]);
  }
  return counts.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, k);
}
