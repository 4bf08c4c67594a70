def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


def make_counters(n):
    count = 0

    def counter():
        nonlocal count
        count += 1
        return count

    return [counter] * n
