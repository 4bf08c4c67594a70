def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


def make_counters(n):
    return [i + 1 for i in range(n)]
