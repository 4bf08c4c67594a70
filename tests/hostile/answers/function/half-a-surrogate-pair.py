def answer(n):
    raise ValueError("\ud800" * 10)


def other():
    return 7
