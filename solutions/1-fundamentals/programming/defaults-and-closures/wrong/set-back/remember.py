def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


counts = []


def make_counters(n):
    counts[:] = [0] * n

    def make(i):
        def counter():
            counts[i] += 1
            return counts[i]

        return counter

    return [make(i) for i in range(n)]
