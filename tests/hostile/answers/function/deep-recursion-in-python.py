def answer(n):
    return answer(n) + 1


def other():
    return 7
