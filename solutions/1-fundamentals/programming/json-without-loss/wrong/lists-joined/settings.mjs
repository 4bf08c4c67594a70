const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function merge(base, override) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(override)) {
    if (isObject(base[key]) && isObject(value)) merged[key] = merge(base[key], value);
    else if (Array.isArray(base[key]) && Array.isArray(value)) merged[key] = base[key].concat(value);
    else merged[key] = value;
  }
  return merged;
}
