const noTags = [];

export function addTag(tag, tags = noTags) {
  tags.push(tag);
  return tags;
}

export function makeCounters(n) {
  return Array.from({ length: n }, () => {
    let count = 0;
    return () => ++count;
  });
}
