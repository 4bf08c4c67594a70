def with_line(cart, line):
    copy = cart.copy()
    copy["lines"].append(line)
    return copy


def unique(texts):
    return list(dict.fromkeys(texts))
