# `result = base` makes no copy: it is a second name for the same dict.
def merge(base, override):
    result = base
    for key, value in override.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        result[key] = merge(base[key], value) if both else value
    return result
