def answer(n):
    raise type("E" * 10_000_000, (Exception,), {})("x")


def other():
    return 7
