def merge(base, override):
    merged = {}
    for key in base | override:
        under, over = base.get(key), override.get(key)
        if isinstance(under, dict) and isinstance(over, dict):
            merged[key] = merge(under, over)
        else:
            merged[key] = over or under
    return merged
