import re


def total(path, column):
    place = None
    result = 0
    with open(path, newline="\n", encoding="utf-8") as file:
        for line in file:
            parts = re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', line.rstrip("\n"))
            fields = [part.strip('"').replace('""', '"') for part in parts]
            if place is None:
                place = fields.index(column)
            else:
                result += int(fields[place])
    return result
