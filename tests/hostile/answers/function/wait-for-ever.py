import threading


def answer(n):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def other():
    return 7
