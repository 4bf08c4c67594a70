import csv


# A file is an iterator of lines, and csv.reader one of rows: at each moment there is one
# row in memory. newline="" leaves the line ends to the csv module, as its manual asks.
def total(path, column):
    with open(path, newline="", encoding="utf-8") as file:
        return sum(int(row[column]) for row in csv.DictReader(file))
