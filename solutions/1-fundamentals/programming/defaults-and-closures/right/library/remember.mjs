export function addTag(tag, tags) {
  tags ??= [];
  tags[tags.length] = tag;
  return tags;
}

// A parameter is a variable of its call: each call of `counter` begins with a count of its own.
const counter = (count = 0) => () => (count += 1);

export function makeCounters(n) {
  return [...Array(n)].map(() => counter());
}
