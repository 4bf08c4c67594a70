export function topWords(text, k) {
  // TODO(learn): return the `k` most frequent words of `text` with their counts
  return [];
}
