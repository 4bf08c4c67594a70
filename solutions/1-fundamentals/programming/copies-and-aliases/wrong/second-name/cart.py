def with_line(cart, line):
    copy = cart
    copy["lines"].append(line)
    return copy


def unique(texts):
    return list(dict.fromkeys(texts))
