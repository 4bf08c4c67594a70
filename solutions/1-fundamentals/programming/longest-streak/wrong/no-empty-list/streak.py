def longest_streak(values):
    current = values[0]
    start = 0
    best = [0, 1]
    for i, value in enumerate(values):
        if value != current:
            current, start = value, i
        if i - start + 1 > best[1]:
            best = [start, i - start + 1]
    return best
