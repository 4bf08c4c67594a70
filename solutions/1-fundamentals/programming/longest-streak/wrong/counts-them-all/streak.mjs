export function longestStreak(values) {
  let best = [0, 0];
  for (const value of values) {
    const times = values.filter((each) => each === value).length;
    if (times > best[1]) best = [values.indexOf(value), times];
  }
  return best;
}
