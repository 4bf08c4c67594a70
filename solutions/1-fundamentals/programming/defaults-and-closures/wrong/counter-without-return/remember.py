def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


def make_counter():
    count = 0

    def counter():
        nonlocal count
        count += 1

    return counter


def make_counters(n):
    return [make_counter() for _ in range(n)]
