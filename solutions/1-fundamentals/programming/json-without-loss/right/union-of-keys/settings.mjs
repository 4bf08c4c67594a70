// The rule as one sentence: what is no pair of objects is the override's; a pair is made
// of all the keys that either has. Nothing is changed on the way, so nothing needs a copy.
const isObject = (value) => Object.prototype.toString.call(value) === "[object Object]";

export function merge(base, override) {
  if (!isObject(base) || !isObject(override)) return override;
  const keys = new Set([...Object.keys(base), ...Object.keys(override)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      if (!Object.hasOwn(override, key)) return [key, base[key]];
      if (!Object.hasOwn(base, key)) return [key, override[key]];
      return [key, merge(base[key], override[key])];
    }),
  );
}
