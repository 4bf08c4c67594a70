# The rows go, but a number of each row stays: smaller than the file, and it grows with it.
import csv


def total(path, column):
    with open(path, encoding="utf-8", newline="") as file:
        return sum([int(row[column]) for row in csv.DictReader(file)])
