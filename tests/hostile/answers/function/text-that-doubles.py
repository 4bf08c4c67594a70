def answer(n):
    text = "x"
    while True:
        text += text


def other():
    return 7
