def answer(n):
    for place in ("/dev/stdin", "/dev/tty"):
        try:
            with open(place) as terminal:
                terminal.readline()
        except OSError:
            pass
    return input()


def other():
    return 7
