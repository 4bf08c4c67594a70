import os


def answer(n):
    try:
        for number in range(50_000):
            os.close(os.open(f"{number}", os.O_CREAT))
    except OSError:
        pass
    return 0


def other():
    return 7
