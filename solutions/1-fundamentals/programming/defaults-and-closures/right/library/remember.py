from itertools import count

LEFT_OUT = object()


# A mark that nobody else has: with it even None could be passed as a value.
def add_tag(tag, tags=LEFT_OUT):
    tags = [] if tags is LEFT_OUT else tags
    tags.insert(len(tags), tag)
    return tags


# `count(1)` gives 1, 2, 3 by itself; its method `__next__` is the function that is asked for.
def make_counters(n):
    return [count(1).__next__ for _ in range(n)]
