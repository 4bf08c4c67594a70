import os
import sys


def answer(n):
    while True:
        os.write(int(sys.argv[-1]), b"{}\n" * 10_000)


def other():
    return 7
