from copy import deepcopy


def with_line(cart, line):
    copy = deepcopy(cart)
    copy["lines"].append(deepcopy(line))
    return copy


def unique(texts):
    kept = list(dict.fromkeys(texts))
    return texts if len(kept) == len(texts) else kept
