class Odd:
    def __repr__(self):
        return "x" * 10_000_000


def answer(n):
    return Odd()


def other():
    return 7
