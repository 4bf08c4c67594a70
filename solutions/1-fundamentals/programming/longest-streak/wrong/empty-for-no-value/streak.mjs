export function longestStreak(values) {
  let best = [0, 0];
  let previous;
  let start = 0;
  values.forEach((value, i) => {
    if (!previous || value !== previous) start = i;
    previous = value;
    if (i - start + 1 > best[1]) best = [start, i - start + 1];
  });
  return best;
}
