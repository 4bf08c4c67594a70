# TODO(learn)
