import mmap


def answer(n):
    held = []
    while True:
        held.append(mmap.mmap(-1, 1 << 24))
        held[-1].write(bytes(1 << 24))


def other():
    return 7
