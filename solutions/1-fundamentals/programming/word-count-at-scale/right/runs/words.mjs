// No Map: once all words are sorted, equal ones stand together, and each run is counted.
export function topWords(text, k) {
  const words = [...text.matchAll(/\p{L}(?:'?\p{L})*/gu)].map(([word]) => word.toLowerCase());
  words.sort();
  const runs = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last && last[0] === word) last[1]++;
    else runs.push([word, 1]);
  }
  runs.sort((a, b) => b[1] - a[1]); // a stable sort: ties stay in order
  return runs.slice(0, k);
}
