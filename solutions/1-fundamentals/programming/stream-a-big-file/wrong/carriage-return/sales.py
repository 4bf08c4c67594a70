import re


def total(path, column):
    place = None
    result = 0
    with open(path, newline="\n", encoding="utf-8") as file:
        for line in file:
            fields = [part.strip('"') for part in re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', line.rstrip("\n"))]
            if place is None:
                place = fields.index(column)
            else:
                result += int(fields[place])
    return result
