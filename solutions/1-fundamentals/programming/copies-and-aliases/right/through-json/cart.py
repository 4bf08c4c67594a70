import json


# Written as text and read again, nothing is shared. For plain data alone: a date or
# a set cannot be written, and a tuple comes back as a list.
def with_line(cart, line):
    copy, added = json.loads(json.dumps([cart, line]))
    copy["lines"] += [added]
    return copy


def unique(texts):
    kept = []
    for text in texts:
        if text not in kept:
            kept.append(text)
    return kept
