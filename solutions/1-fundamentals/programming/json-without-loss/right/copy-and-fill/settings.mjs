// A copy of the outer object, then one decision for each key of the override:
// two objects merge, anything else is replaced. `null` and lists are "object" to typeof.
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function merge(base, override) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(override)) {
    merged[key] = isObject(base[key]) && isObject(value) ? merge(base[key], value) : value;
  }
  return merged;
}
