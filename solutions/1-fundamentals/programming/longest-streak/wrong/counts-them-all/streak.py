from collections import Counter


def longest_streak(values):
    if not values:
        return [0, 0]
    value, times = Counter(values).most_common(1)[0]
    return [values.index(value), times]
