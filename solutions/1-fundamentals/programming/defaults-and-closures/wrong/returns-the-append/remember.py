def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    return tags.append(tag)


def make_counter():
    count = 0

    def counter():
        nonlocal count
        count += 1
        return count

    return counter


def make_counters(n):
    return [make_counter() for _ in range(n)]
