class Odd:
    def __repr__(self):
        while True:
            pass


def answer(n):
    return Odd()


def other():
    return 7
