from copy import deepcopy


def with_line(cart, line):
    copy = deepcopy(cart)
    copy["lines"].append(deepcopy(line))
    return copy


def unique(texts):
    kept = []
    for text in sorted(texts):
        if not kept or kept[-1] != text:
            kept.append(text)
    return kept
