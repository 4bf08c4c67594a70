# The best run is brought up to date in every round, so nothing is left when the list ends.
def longest_streak(values):
    start = best_start = best_length = 0
    for i, value in enumerate(values):
        if value != values[start]:
            start = i
        if i - start + 1 > best_length:
            best_start, best_length = start, i - start + 1
    return [best_start, best_length]
