# The star collects what was passed after the tag: one list, or nothing.
def add_tag(tag, *passed):
    tags = passed[0] if passed else []
    tags += [tag]
    return tags


# An object with a method `__call__` is called like a function. The count is in plain sight,
# as an attribute; a closure hides it.
class Counter:
    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return self.count


def make_counters(n):
    return [Counter() for _ in range(n)]
