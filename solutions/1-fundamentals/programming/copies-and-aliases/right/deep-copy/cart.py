from copy import deepcopy


# deepcopy is new at every level, whatever the depth; it costs time for what is large.
def with_line(cart, line):
    new = deepcopy(cart)
    new["lines"].append(deepcopy(line))
    return new


# A dict keeps its keys in the order in which they first came.
def unique(texts):
    return list(dict.fromkeys(texts))
