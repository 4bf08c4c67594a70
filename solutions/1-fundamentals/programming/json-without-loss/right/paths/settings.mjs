// Without recursion: a deep copy may be changed freely, and a list of pairs still to do
// takes the place of the calls. The result shares nothing with what went in.
export function merge(base, override) {
  const merged = structuredClone(base);
  const todo = [[merged, structuredClone(override)]];
  for (const [under, over] of todo) {
    for (const key of Object.keys(over)) {
      if (merges(under[key]) && merges(over[key])) todo.push([under[key], over[key]]);
      else under[key] = over[key];
    }
  }
  return merged;
}

function merges(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
