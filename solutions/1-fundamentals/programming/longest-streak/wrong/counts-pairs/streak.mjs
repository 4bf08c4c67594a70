export function longestStreak(values) {
  let best = [0, 0];
  let length = 0;
  for (let i = 1; i < values.length; i++) {
    length = values[i] === values[i - 1] ? length + 1 : 0;
    if (length > best[1]) best = [i - length, length];
  }
  return best;
}
