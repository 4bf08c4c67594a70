def add_tag(tag, tags):
    # TODO(learn): put TAG at the end of TAGS and return them; TAGS may be left out
    return []


def make_counters(n):
    # TODO(learn): return N functions, each of which counts its own calls
    return []
