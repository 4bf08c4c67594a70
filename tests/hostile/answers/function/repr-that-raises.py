class Odd:
    def __repr__(self):
        raise ValueError


def answer(n):
    return Odd()


def other():
    return 7
