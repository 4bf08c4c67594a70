def longest_streak(values):
    best = [0, 0]
    start = 0
    for i in range(len(values)):
        if str(values[i]) != str(values[start]):
            start = i
        if i - start + 1 > best[1]:
            best = [start, i - start + 1]
    return best
