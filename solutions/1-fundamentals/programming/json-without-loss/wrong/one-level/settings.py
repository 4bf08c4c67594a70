def merge(base, override):
    merged = {**base, **override}
    for key in base:
        if isinstance(base[key], dict) and isinstance(override.get(key), dict):
            merged[key] = {**base[key], **override[key]}
    return merged
