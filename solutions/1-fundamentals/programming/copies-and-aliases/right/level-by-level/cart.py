# Each level is written out. It copies no more than needed and is fast, but a new level
# in the data has to be added here too.
def copy_of(line):
    return {**line, "options": list(line["options"])}


def with_line(cart, line):
    return {**cart, "lines": [copy_of(each) for each in [*cart["lines"], line]]}


# The list answers in the right order, the set answers fast whether a text was seen.
def unique(texts):
    seen = set()
    kept = []
    for text in texts:
        if text not in seen:
            seen.add(text)
            kept.append(text)
    return kept
