import sys


def answer(n):
    while True:
        sys.stdout.buffer.write((b"\xff\x00\x1b[2J\xc3" * 12) * 100)
        sys.stderr.buffer.write((b"\xff\x00\x1b[2J\xc3" * 12) * 100)


def other():
    return 7
