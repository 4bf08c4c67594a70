def answer(n):
    held = []
    held.append(held)
    return held


def other():
    return 7
