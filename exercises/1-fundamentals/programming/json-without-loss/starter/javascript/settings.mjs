export function merge(base, override) {
  // TODO(learn): return the settings of `base` with those of `override` put over them
  return base;
}
