# A function that calls itself goes down to every level; texts cannot be changed and are shared.
def copied(value):
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [copied(each) for each in value]
    return value


def with_line(cart, line):
    lines = cart["lines"] + [line]
    return copied(dict(cart, lines=lines))


def unique(texts):
    return sorted(set(texts), key=texts.index)
