def longest_streak(values):
    best = [0, 0]
    previous = None
    start = 0
    for i, value in enumerate(values):
        if not previous or value != previous:
            start = i
        previous = value
        if i - start + 1 > best[1]:
            best = [start, i - start + 1]
    return best
