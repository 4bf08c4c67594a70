# A copy of the outer object, then one decision for each key of the override:
# two objects merge, anything else is replaced. `in` asks for the key, not its value.
def merge(base, override):
    merged = dict(base)
    for key, value in override.items():
        if key in base and isinstance(base[key], dict) and isinstance(value, dict):
            merged[key] = merge(base[key], value)
        else:
            merged[key] = value
    return merged
