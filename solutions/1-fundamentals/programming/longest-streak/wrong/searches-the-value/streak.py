def longest_streak(values):
    best_value, best, length = None, 0, 0
    for i, value in enumerate(values):
        length = length + 1 if i > 0 and value == values[i - 1] else 1
        if length > best:
            best_value, best = value, length
    return [values.index(best_value), best] if values else [0, 0]
