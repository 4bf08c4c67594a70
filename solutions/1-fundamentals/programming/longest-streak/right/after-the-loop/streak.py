# A run is compared when it is over; the last one is compared behind the loop.
def longest_streak(values):
    best = [0, 0]
    start = 0
    for i in range(1, len(values)):
        if values[i] != values[i - 1]:
            if i - start > best[1]:
                best = [start, i - start]
            start = i
    if len(values) - start > best[1]:
        best = [start, len(values) - start]
    return best
