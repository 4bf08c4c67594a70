def answer(n):
    held = []
    while True:
        held.append(bytearray(1 << 20))


def other():
    return 7
