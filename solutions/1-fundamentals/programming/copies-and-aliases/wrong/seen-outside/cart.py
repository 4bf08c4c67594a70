from copy import deepcopy

seen = []


def with_line(cart, line):
    copy = deepcopy(cart)
    copy["lines"].append(deepcopy(line))
    return copy


def unique(texts):
    for text in texts:
        if text not in seen:
            seen.append(text)
    return seen
