export function longestStreak(values) {
  let best = [0, 0];
  let start = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i] !== values[start]) {
      if (i - start > best[1]) best = [start, i - start];
      start = i;
    }
  }
  return best;
}
