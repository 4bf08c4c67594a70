export function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

export const makeCounters = (n) => Array.from({ length: n }, (_, i) => i + 1);
