from copy import deepcopy


# Without recursion: a deep copy may be changed freely, and a list of pairs still to do
# takes the place of the calls. The result shares nothing with what went in.
def merge(base, override):
    merged = deepcopy(base)
    todo = [(merged, deepcopy(override))]
    while todo:
        under, over = todo.pop()
        for key, value in over.items():
            if isinstance(value, dict) and isinstance(under.get(key), dict):
                todo.append((under[key], value))
            else:
                under[key] = value
    return merged
