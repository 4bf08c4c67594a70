export const addTag = (tag, tags = []) => [...tags, tag];

export function makeCounters(n) {
  return Array.from({ length: n }, () => {
    let count = 0;
    return () => ++count;
  });
}
