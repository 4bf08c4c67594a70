def answer(n):
    raise ValueError("x" * 10_000_000)


def other():
    return 7
