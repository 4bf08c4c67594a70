export function merge(base, override) {
  return { ...override, ...base };
}
