def answer(n):
    return 10**5000


def other():
    return 7
