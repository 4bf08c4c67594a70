# The rule as one sentence: what is no pair of objects is the override's; a pair has all
# keys of both, and only those in both need a second look. Sets of keys find them.
def merge(base, override):
    if not (isinstance(base, dict) and isinstance(override, dict)):
        return override
    in_both = base.keys() & override.keys()
    return base | override | {key: merge(base[key], override[key]) for key in in_both}
