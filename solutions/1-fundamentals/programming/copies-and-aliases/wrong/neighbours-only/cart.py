from copy import deepcopy


def with_line(cart, line):
    copy = deepcopy(cart)
    copy["lines"].append(deepcopy(line))
    return copy

from itertools import groupby


def unique(texts):
    return [text for text, _ in groupby(texts)]
