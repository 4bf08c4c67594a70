def longest_streak(values):
    best = [0, 0]
    start = 0
    for i in range(len(values)):
        if values[i + 1] != values[i]:
            if i + 1 - start > best[1]:
                best = [start, i + 1 - start]
            start = i + 1
    return best
