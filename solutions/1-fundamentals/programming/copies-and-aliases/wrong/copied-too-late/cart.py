import copy


def with_line(cart, line):
    cart["lines"].append(line)
    return copy.deepcopy(cart)


def unique(texts):
    return list(dict.fromkeys(texts))
