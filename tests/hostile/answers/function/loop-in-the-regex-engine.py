import re


def answer(n):
    return re.match("(a|a)*b", "a" * 40)


def other():
    return 7
