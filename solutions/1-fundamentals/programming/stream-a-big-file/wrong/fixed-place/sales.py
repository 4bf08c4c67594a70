import csv


def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return sum(int(row[-1]) for row in rows)
