// A default is worked out in each call that leaves the list out.
export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

// `let` inside the loop's braces makes a new variable in each round; each function keeps its own.
export function makeCounters(n) {
  const counters = [];
  for (let i = 0; i < n; i++) {
    let count = 0;
    counters.push(() => {
      count += 1;
      return count;
    });
  }
  return counters;
}
