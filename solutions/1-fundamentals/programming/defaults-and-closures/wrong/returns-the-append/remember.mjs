export function addTag(tag, tags = []) {
  return tags.push(tag);
}

export function makeCounters(n) {
  return Array.from({ length: n }, () => {
    let count = 0;
    return () => ++count;
  });
}
