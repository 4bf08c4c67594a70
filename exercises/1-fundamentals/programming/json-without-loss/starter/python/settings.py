def merge(base, override):
    # TODO(learn): return the settings of BASE with those of OVERRIDE put over them
    return base
