# TODO(learn): answer requests.
