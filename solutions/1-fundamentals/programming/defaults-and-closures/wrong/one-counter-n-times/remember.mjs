export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

export function makeCounters(n) {
  let count = 0;
  return Array(n).fill(() => ++count);
}
