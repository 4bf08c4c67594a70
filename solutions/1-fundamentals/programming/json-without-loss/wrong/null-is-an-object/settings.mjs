export function merge(base, override) {
  const merged = { ...base };
  for (const key of Object.keys(override)) {
    const both = typeof base[key] === "object" && typeof override[key] === "object";
    merged[key] = both && !Array.isArray(override[key]) ? merge(base[key], override[key]) : override[key];
  }
  return merged;
}
