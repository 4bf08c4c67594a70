const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function merge(base, override) {
  const merged = {};
  for (const [key, value] of Object.entries(base)) {
    if (!(key in override)) merged[key] = value;
    else merged[key] = isObject(value) && isObject(override[key]) ? merge(value, override[key]) : override[key];
  }
  return merged;
}
