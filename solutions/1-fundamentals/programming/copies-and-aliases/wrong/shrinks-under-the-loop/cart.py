from copy import deepcopy


def with_line(cart, line):
    copy = deepcopy(cart)
    copy["lines"].append(deepcopy(line))
    return copy


def unique(texts):
    for text in texts:
        if texts.count(text) > 1:
            texts.remove(text)
    return texts
