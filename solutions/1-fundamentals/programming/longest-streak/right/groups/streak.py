from itertools import groupby


# groupby cuts a list into its runs. max keeps the first of equal lengths, and
# `default` answers for the empty list. All runs are kept in memory for it.
def longest_streak(values):
    runs = []
    position = 0
    for _, run in groupby(values):
        length = len(list(run))
        runs.append((position, length))
        position += length
    return max(runs, key=lambda run: run[1], default=(0, 0))
