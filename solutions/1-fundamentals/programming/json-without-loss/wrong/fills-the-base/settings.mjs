// `result = base` makes no copy: it is a second name for the same object.
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function merge(base, override) {
  const result = base;
  for (const [key, value] of Object.entries(override)) {
    result[key] = isObject(base[key]) && isObject(value) ? merge(base[key], value) : value;
  }
  return result;
}
