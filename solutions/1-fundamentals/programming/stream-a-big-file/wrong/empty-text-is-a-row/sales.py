# What stands after the last \n is taken for one more line.
def total(path, column):
    with open(path, encoding="utf-8") as file:
        header, *lines = file.read().split("\n")
    place = header.split(",").index(column)
    return sum(int(line.split(",")[place]) for line in lines)
