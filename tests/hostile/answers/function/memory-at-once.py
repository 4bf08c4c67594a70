def answer(n):
    return len(bytearray(8 << 30))


def other():
    return 7
