import csv


def total(path, column):
    place = None
    result = 0
    with open(path, newline="", encoding="utf-8") as file:
        while piece := file.read(65536):
            for row in csv.reader(piece.splitlines()):
                if place is None:
                    place = row.index(column)
                elif len(row) > place and row[place].lstrip("-").isdigit():
                    result += int(row[place])
    return result
