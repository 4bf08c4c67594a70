# An inner loop walks to the end of each run, and the outer one goes on from there.
# Still one pass: no value is visited twice by either loop.
def longest_streak(values):
    best = (0, 0)
    start = 0
    while start < len(values):
        end = start
        while end < len(values) and values[end] == values[start]:
            end += 1
        if end - start > best[1]:
            best = (start, end - start)
        start = end
    return best
