def with_line(cart, line):
    return {**cart, "lines": cart["lines"] + [line]}


def unique(texts):
    return list(dict.fromkeys(texts))
