import ctypes


def answer(n):
    ctypes.string_at(0)


def other():
    return 7
