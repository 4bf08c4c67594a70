def longest_streak(values):
    start = 0
    best = [0, 0]
    for i in range(len(values)):
        if values[i] != values[start]:
            start = i
        if i - start + 1 >= best[1]:
            best = [start, i - start + 1]
    return best
