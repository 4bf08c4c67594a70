// TODO(learn): return the number.
