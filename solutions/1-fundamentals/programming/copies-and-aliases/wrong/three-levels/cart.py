def with_line(cart, line):
    copy = dict(cart)
    copy["lines"] = [dict(each) for each in cart["lines"]]
    copy["lines"].append(dict(line))
    return copy


def unique(texts):
    return list(dict.fromkeys(texts))
