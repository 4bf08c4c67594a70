export function longestStreak(values) {
  const sorted = [...values].sort();
  let best = [0, 0];
  let start = 0;
  sorted.forEach((value, i) => {
    if (value !== sorted[start]) start = i;
    if (i - start + 1 > best[1]) best = [start, i - start + 1];
  });
  return best;
}
