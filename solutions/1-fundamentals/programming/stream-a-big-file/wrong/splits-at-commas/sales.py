def total(path, column):
    with open(path, encoding="utf-8") as file:
        place = next(file).strip().split(",").index(column)
        return sum(int(line.strip().split(",")[place]) for line in file)
