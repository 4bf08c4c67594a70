"""Starts the learner's Python service in a process that has its framework loaded already.

Runs as `python python_service.py FD`. One line of JSON comes on that descriptor, the program's file and environment;
from there on this process is that program: the same process id, signals, output and exit status as started afresh.
"""

import contextlib
import importlib
import json
import os
import socket
import sys
import types

LOADED_AHEAD = ("flask", "werkzeug.serving", "sqlite3", "json", "logging", "uuid", "datetime")
"""What services mostly import."""


def load_ahead() -> None:
    for name in LOADED_AHEAD:
        with contextlib.suppress(ImportError):  # then the service says so itself, if it needs it
            importlib.import_module(name)


def shadowed(folder: str) -> bool:
    """Whether a file of the learner's has the name of a module that is loaded: a fresh start would load theirs."""
    names = {os.path.splitext(each)[0] for each in os.listdir(folder)}
    return bool(names & {name.partition(".")[0] for name in sys.modules})


def main() -> None:
    load_ahead()
    channel = socket.socket(fileno=int(sys.argv[1]))
    with channel, channel.makefile("rb") as lines:
        line = lines.readline()
    if not line:
        return
    order = json.loads(line)
    path, environment = order["path"], order["environment"]
    folder = os.path.dirname(path)
    os.environ.clear()
    os.environ.update(environment)
    if shadowed(folder):
        os.execve(sys.executable, [sys.executable, "-B", "-s", path], environment)
    become(path, folder)


def become(path: str, folder: str) -> None:
    """Run the file PATH as the main program of this process."""
    sys.argv[:] = [path]
    sys.path[0] = folder
    program = types.ModuleType("__main__")
    program.__file__ = path
    program.__builtins__ = __builtins__
    sys.modules["__main__"] = program
    with open(path, "rb") as file:
        source = file.read()
    exec(compile(source, path, "exec"), program.__dict__)


if __name__ == "__main__":
    main()
