// The best run is brought up to date in every round, so nothing is left when the list ends.
export function longestStreak(values) {
  let start = 0;
  let best = [0, 0];
  values.forEach((value, i) => {
    if (value !== values[start]) start = i;
    if (i - start + 1 > best[1]) best = [start, i - start + 1];
  });
  return best;
}
