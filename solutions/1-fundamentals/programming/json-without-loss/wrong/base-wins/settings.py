def merge(base, override):
    merged = dict(override)
    for key, value in base.items():
        if isinstance(value, dict) and isinstance(override.get(key), dict):
            merged[key] = merge(value, override[key])
        else:
            merged[key] = value
    return merged
