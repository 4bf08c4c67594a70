export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

let counts;

export function makeCounters(n) {
  counts = Array(n).fill(0);
  return counts.map((_, i) => () => ++counts[i]);
}
