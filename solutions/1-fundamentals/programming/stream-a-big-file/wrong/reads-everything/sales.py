import csv


def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        lines = file.read().splitlines()
    return sum(int(row[column]) for row in csv.DictReader(lines))
