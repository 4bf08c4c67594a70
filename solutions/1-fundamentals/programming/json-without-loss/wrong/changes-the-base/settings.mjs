const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function merge(base, override) {
  for (const [key, value] of Object.entries(override)) {
    if (isObject(base[key]) && isObject(value)) merge(base[key], value);
    else base[key] = value;
  }
  return base;
}
