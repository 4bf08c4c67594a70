def add_tag(tag, tags=None):
    tags = [] if tags is None else tags
    tags.append(tag)
    return tags


# A default is made once, when `def` runs, and this `def` runs in each round of the loop:
# here the rule serves, as each function keeps a list of its own. Short, but a trick:
# whoever calls counter([5]) passes by it.
def make_counters(n):
    counters = []
    for _ in range(n):

        def counter(count=[0]):
            count[0] += 1
            return count[0]

        counters.append(counter)
    return counters
