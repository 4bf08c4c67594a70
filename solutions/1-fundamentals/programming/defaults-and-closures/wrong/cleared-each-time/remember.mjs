const noTags = [];

export const addTag = (tag, tags = noTags) => {
  if (tags === noTags) noTags.length = 0;
  tags.push(tag);
  return tags;
};

export function makeCounters(n) {
  return Array.from({ length: n }, () => {
    let count = 0;
    return () => ++count;
  });
}
