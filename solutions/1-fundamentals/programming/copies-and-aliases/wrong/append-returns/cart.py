from copy import deepcopy


def with_line(cart, line):
    copy = deepcopy(cart)
    copy["lines"] = copy["lines"].append(deepcopy(line))
    return copy


def unique(texts):
    return list(dict.fromkeys(texts))
