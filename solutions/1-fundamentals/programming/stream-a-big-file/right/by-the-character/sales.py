# Without the csv module, one line at a time: a comma separates only while no quote is
# open. A quote right after one that closed stands for itself, and opens again.
def total(path, column):
    with open(path, encoding="utf-8") as file:
        place = fields(next(file)).index(column)
        return sum(int(fields(line)[place]) for line in file)


def fields(line):
    found, quoted, closed = [""], False, False
    for each in line.rstrip("\n"):
        if each == '"':
            if closed:
                found[-1] += each
            closed, quoted = quoted, not quoted
            continue
        closed = False
        if each == "," and not quoted:
            found.append("")
        else:
            found[-1] += each
    return found
