export function longestStreak(values) {
  let start = 0;
  let best = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[start]) start = i;
    if (i - start + 1 >= best[1]) best = [start, i - start + 1];
  }
  return best;
}
