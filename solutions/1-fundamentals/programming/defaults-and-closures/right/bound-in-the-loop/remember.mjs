export function addTag(tag, tags) {
  const list = tags === undefined ? [] : tags;
  list.push(tag);
  return list;
}

// One list of counts for each call. `let i` makes a new i in each round, so each function
// reads its own place; with `var i` all would read the place n.
export function makeCounters(n) {
  const counts = Array(n).fill(0);
  const counters = [];
  for (let i = 0; i < n; i++) {
    counters.push(() => {
      counts[i] += 1;
      return counts[i];
    });
  }
  return counters;
}
