import sys

sys.setrecursionlimit(10**9)


class Deep:
    pass


Deep.__call__ = Deep()


def answer(n):
    return Deep()()


def other():
    return 7
