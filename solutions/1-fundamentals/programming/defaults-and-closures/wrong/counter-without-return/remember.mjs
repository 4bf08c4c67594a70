export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

export function makeCounters(n) {
  const counters = [];
  for (let i = 0; i < n; i++) {
    let count = 0;
    counters.push(() => {
      count++;
    });
  }
  return counters;
}
