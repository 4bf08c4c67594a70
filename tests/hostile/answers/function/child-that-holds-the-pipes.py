import subprocess
import sys


def answer(n):
    left = ["sh", "-c", "sleep 3600; :", "backendlings-attack"]
    subprocess.Popen(left, start_new_session=True, pass_fds=[int(sys.argv[-1])])
    return 0


def other():
    return 7
