import os
import pwd
from pathlib import Path

PLACES = ["/tmp", "/var/tmp", "/dev/shm", pwd.getpwuid(os.getuid()).pw_dir]


def answer(n):
    for place in PLACES:
        try:
            Path(place, "backendlings-attack").write_text("I was here")
        except OSError:
            pass
    return 0


def other():
    return 7
