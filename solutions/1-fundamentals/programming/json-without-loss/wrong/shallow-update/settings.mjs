export function merge(base, override) {
  return { ...base, ...override };
}
