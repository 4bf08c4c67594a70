def answer(n):
    with open("big", "wb") as file:
        file.truncate(1 << 40)
    return 0


def other():
    return 7
