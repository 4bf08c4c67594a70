const isObject = (value) => typeof value === "object" && value !== null;

export function merge(base, override) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(override)) {
    merged[key] = isObject(base[key]) && isObject(value) ? merge(base[key], value) : value;
  }
  return merged;
}
