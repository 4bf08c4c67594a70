import subprocess
import sys

# It leaves the session, ignores what asks it to end, and holds the port as well as our pipes.
SERVER = """
import os, signal, socket, time
os.setsid()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 47391))
server.listen()
print("listening", flush=True)
time.sleep(3600)
"""


def answer(n):
    server = subprocess.Popen([sys.executable, "-c", SERVER, "backendlings-attack"], stdout=subprocess.PIPE)
    server.stdout.readline()
    return 0


def other():
    return 7
