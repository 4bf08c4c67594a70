def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


def make_counters(n):
    def counter():
        count = 0
        count += 1
        return count

    return [counter for _ in range(n)]
