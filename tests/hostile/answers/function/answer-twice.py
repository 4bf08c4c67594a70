import os


def answer(n):
    os.fork()
    return 0


def other():
    return 7
