export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

export function makeCounters(n) {
  const counts = Array(n).fill(0);
  const counters = [];
  for (var i = 0; i < n; i++) {
    counters.push(() => ++counts[i]);
  }
  return counters;
}
