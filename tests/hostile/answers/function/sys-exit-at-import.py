quit()


def answer(n):
    return 0


def other():
    return 7
