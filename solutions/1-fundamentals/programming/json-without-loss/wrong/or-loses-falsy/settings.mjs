const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function merge(base, override) {
  const merged = {};
  for (const key of Object.keys({ ...base, ...override })) {
    if (isObject(base[key]) && isObject(override[key])) merged[key] = merge(base[key], override[key]);
    else merged[key] = override[key] || base[key];
  }
  return merged;
}
