export function longestStreak(values) {
  let bestValue;
  let best = 0;
  let length = 0;
  values.forEach((value, i) => {
    length = i > 0 && value === values[i - 1] ? length + 1 : 1;
    if (length > best) {
      bestValue = value;
      best = length;
    }
  });
  return values.length ? [values.indexOf(bestValue), best] : [0, 0];
}
