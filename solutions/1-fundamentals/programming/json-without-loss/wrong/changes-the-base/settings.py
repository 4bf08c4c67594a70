def merge(base, override):
    merged = dict(base)
    for key, value in override.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            update(merged[key], value)
        else:
            merged[key] = value
    return merged


def update(under, over):
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            update(under[key], value)
        else:
            under[key] = value
