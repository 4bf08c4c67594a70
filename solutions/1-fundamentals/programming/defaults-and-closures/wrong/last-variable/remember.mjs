export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

export function makeCounters(n) {
  const counters = [];
  for (var i = 0; i < n; i++) {
    var count = 0;
    counters.push(() => ++count);
  }
  return counters;
}
