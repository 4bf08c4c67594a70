# None says "left out"; the new list is made inside, in each call that needs one.
# `is None`, because an empty list counts as false too.
def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


# Each call of this function has a variable `count` of its own, which its inner function keeps.
def make_counter():
    count = 0

    def counter():
        nonlocal count
        count += 1
        return count

    return counter


def make_counters(n):
    return [make_counter() for _ in range(n)]
