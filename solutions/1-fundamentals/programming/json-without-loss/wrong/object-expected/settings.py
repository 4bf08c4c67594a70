def merge(base, override):
    merged = dict(base)
    for key, value in override.items():
        if isinstance(value, dict):
            merged[key] = merge(base.get(key, {}), value)
        else:
            merged[key] = value
    return merged
