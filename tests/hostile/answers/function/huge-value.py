def answer(n):
    return [[]] * 1_000_000


def other():
    return 7
