def answer(n):
    class Odd(Exception):
        def __str__(self):
            raise Odd

        __repr__ = __str__

        @property
        def __cause__(self):
            raise Odd

        @property
        def __traceback__(self):
            raise Odd


    raise Odd


def other():
    return 7
