import os
import signal


def answer(n):
    os.kill(os.getpid(), signal.SIGKILL)


def other():
    return 7
