def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


counts = {}


def make_counters(n):
    def make(i):
        def counter():
            counts[i] = counts.get(i, 0) + 1
            return counts[i]

        return counter

    return [make(i) for i in range(n)]
