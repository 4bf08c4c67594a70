import csv


def total(path, column):
    rows = csv.reader(lines(path))
    place = next(rows).index(column)
    return sum(int(row[place]) for row in rows)


def lines(path):
    rest = ""
    with open(path, encoding="utf-8") as file:
        while piece := file.read(65536):
            *whole, rest = (rest + piece).split("\n")
            yield from whole
