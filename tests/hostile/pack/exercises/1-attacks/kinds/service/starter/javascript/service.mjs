// TODO(learn): answer requests.
