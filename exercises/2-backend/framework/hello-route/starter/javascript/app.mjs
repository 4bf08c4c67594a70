// TODO(learn)
