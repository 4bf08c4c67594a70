import sys


def answer(n):
    while True:
        sys.stdout.buffer.write((b"x" * 80) * 100)
        sys.stderr.buffer.write((b"x" * 80) * 100)


def other():
    return 7
