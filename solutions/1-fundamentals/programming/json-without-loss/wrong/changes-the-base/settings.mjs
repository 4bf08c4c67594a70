// A copy, and then the work is done in place: the copy is new outside only.
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function merge(base, override) {
  const result = { ...base };
  fill(result, override);
  return result;
}

function fill(under, over) {
  for (const [key, value] of Object.entries(over)) {
    if (isObject(under[key]) && isObject(value)) fill(under[key], value);
    else under[key] = value;
  }
}
