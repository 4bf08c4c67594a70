def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


def make_counters(n):
    counts = [0] * n
    counters = []
    for i in range(n):

        def counter():
            counts[i] += 1
            return counts[i]

        counters.append(counter)
    return counters
