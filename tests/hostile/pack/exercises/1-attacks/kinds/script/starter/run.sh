# TODO(learn): print the number.
