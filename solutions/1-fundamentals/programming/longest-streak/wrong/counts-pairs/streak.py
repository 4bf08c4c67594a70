def longest_streak(values):
    best = [0, 0]
    length = 0
    for i in range(1, len(values)):
        length = length + 1 if values[i] == values[i - 1] else 0
        if length > best[1]:
            best = [i - length, length]
    return best
