export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

const counts = [];

export function makeCounters(n) {
  const counters = [];
  for (let i = 0; i < n; i++) {
    counters.push(() => (counts[i] = (counts[i] ?? 0) + 1));
  }
  return counters;
}
