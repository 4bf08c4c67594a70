def merge(base, override):
    merged = {}
    for key, value in base.items():
        if key not in override:
            merged[key] = value
        elif isinstance(value, dict) and isinstance(override[key], dict):
            merged[key] = merge(value, override[key])
        else:
            merged[key] = override[key]
    return merged
