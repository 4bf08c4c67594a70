// First all runs as pairs, then the longest of them: two short steps in place of one
// longer loop, for a list of pairs in memory.
export function longestStreak(values) {
  const starts = [...values.keys()].filter((i) => i === 0 || values[i] !== values[i - 1]);
  const runs = starts.map((start, k) => [start, (starts[k + 1] ?? values.length) - start]);
  return runs.reduce((best, run) => (run[1] > best[1] ? run : best), [0, 0]);
}
