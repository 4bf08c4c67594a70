// A run is compared when it is over. One round more than there are values ends the last one:
// past the end there is `undefined`, which equals no value of the list.
export function longestStreak(values) {
  let best = [0, 0];
  let start = 0;
  for (let i = 1; i <= values.length; i++) {
    if (values[i] !== values[start]) {
      if (i - start > best[1]) best = [start, i - start];
      start = i;
    }
  }
  return best;
}
