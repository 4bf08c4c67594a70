from copy import deepcopy


def with_line(cart, line):
    copy = deepcopy(cart)
    copy["lines"].append(deepcopy(line))
    return copy


def unique(texts):
    i = 0
    while i < len(texts):
        if texts[i] in texts[:i]:
            del texts[i]
        else:
            i += 1
    return texts
