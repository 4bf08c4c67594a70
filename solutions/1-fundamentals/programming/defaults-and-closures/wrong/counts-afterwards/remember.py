def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags


def make_counters(n):
    def make():
        state = {"count": 0}

        def counter():
            before = state["count"]
            state["count"] += 1
            return before

        return counter

    return [make() for _ in range(n)]
