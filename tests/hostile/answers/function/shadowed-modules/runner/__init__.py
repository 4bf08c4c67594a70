def answer(n):
    return 0
