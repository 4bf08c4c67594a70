# The last name of the header keeps its \n.
def total(path, column):
    with open(path, encoding="utf-8") as file:
        place = next(file).split(",").index(column)
        return sum(int(line.split(",")[place]) for line in file)
