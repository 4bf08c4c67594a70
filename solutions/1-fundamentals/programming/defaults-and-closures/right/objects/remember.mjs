export const addTag = (tag, ...passed) => {
  const [tags = []] = passed;
  tags.splice(tags.length, 0, tag);
  return tags;
};

// The count is an attribute in plain sight; a closure hides it. The arrow keeps its `this`.
class Counter {
  count = 0;
  next = () => ++this.count;
}

export const makeCounters = (n) => Array.from({ length: n }, () => new Counter().next);
