# Each quote switches between inside and outside, and is left out: "" stands for nothing then.
def total(path, column):
    with open(path, encoding="utf-8") as file:
        place = fields(next(file)).index(column)
        return sum(int(fields(line)[place]) for line in file)


def fields(line):
    found, quoted = [""], False
    for each in line.rstrip("\n"):
        if each == '"':
            quoted = not quoted
        elif each == "," and not quoted:
            found.append("")
        else:
            found[-1] += each
    return found
