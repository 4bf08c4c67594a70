// An inner loop walks to the end of each run, and the outer one goes on from there.
// Still one pass: no value is visited twice by either loop.
export function longestStreak(values) {
  let best = [0, 0];
  let start = 0;
  while (start < values.length) {
    let end = start;
    while (end < values.length && values[end] === values[start]) end += 1;
    if (end - start > best[1]) best = [start, end - start];
    start = end;
  }
  return best;
}
