export function longestStreak(values) {
  let start = 0;
  for (let i = 1; i <= values.length; i++) {
    if (values[i] !== values[start]) return [start, i - start];
  }
  return [0, 0];
}
