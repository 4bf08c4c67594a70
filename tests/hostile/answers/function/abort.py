import os


def answer(n):
    os.abort()


def other():
    return 7
