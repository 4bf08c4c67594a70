def longest_streak(values):
    best = [0, 0]
    start = 0
    for i in range(1, len(values)):
        if values[i] != values[start]:
            if i - start > best[1]:
                best = [start, i - start]
            start = i
    return best
