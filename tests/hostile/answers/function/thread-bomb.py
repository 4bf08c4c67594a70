import threading


def answer(n):
    threading.stack_size(1 << 15)
    try:
        for _ in range(2000):
            threading.Thread(target=threading.Event().wait, daemon=True).start()
    except RuntimeError:
        pass
    return 0


def other():
    return 7
