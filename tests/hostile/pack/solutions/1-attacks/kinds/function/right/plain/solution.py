def answer(n):
    return n * n + 7


def other():
    return 7
