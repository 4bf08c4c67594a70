"""Starts the learner's Python service in a process that has its framework loaded already.

Runs as `python python_service.py FD`. One line of JSON comes on that descriptor, the program's file and environment;
from there on this process is that program: the same process id, signals, output and exit status as started afresh.
What it prints goes out line by line, as in a terminal, so that a check finds a line as soon as it is printed.
"""

import contextlib
import functools
import gc
import importlib.machinery
import json
import os
import socket
import sys
import types

LOADED_AHEAD = {
    "framework": ("flask", "werkzeug.serving", "sqlite3", "json", "logging", "uuid", "datetime"),
    "mongodb": ("pymongo",),
    "pyjwt": ("jwt",),
    "redis": ("redis",),
    "moto": ("boto3", "botocore.auth", "botocore.endpoint", "botocore.handlers", "boto3.s3.inject", "mimetypes"),
}
"""What programs mostly import; LEARN_AHEAD names those that the exercise is about."""

MOST_OF_STATEMENT = 500
"""Characters of a statement that are kept."""


def load_ahead():
    gc.disable()  # nothing of a module is garbage: looking for some takes a tenth of the time
    for asked in os.environ.get("LEARN_AHEAD", "").split():
        for name in LOADED_AHEAD.get(asked, ()):
            with contextlib.suppress(ImportError):  # then the service says so itself, if it needs it
                importlib.import_module(name)
    gc.freeze()  # nor is any of it to be looked at again and again while the service is young
    gc.enable()


def shadowed(folder):
    """Whether a file of the learner's has the name of a module that is loaded: a fresh start would load theirs."""
    names = {os.path.splitext(each)[0] for each in os.listdir(folder)}
    return bool(names & {name.partition(".")[0] for name in sys.modules})


def main():
    load_ahead()
    channel = socket.socket(fileno=int(sys.argv[1]))
    with channel, channel.makefile("rb") as lines:
        line = lines.readline()
    if not line:
        return
    order = json.loads(line)
    path, environment = order["path"], order["environment"]
    trace = os.open(order["trace"], os.O_WRONLY | os.O_CREAT | os.O_APPEND) if order["trace"] else -1
    folder, name = os.path.split(path)
    command = [sys.executable, "-u", "-B", "-s", name, *order["arguments"]]
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if shadowed(folder):
        os.execve(sys.executable, command, environment)
    if trace >= 0:
        follow_sql(trace)
    for stream in (sys.stdout, sys.stderr):  # whole lines, or what two threads print at once would be mixed
        stream.reconfigure(line_buffering=True, write_through=False)
    sys.argv[:] = [name, *order["arguments"]]
    sys.orig_argv[:] = command  # what starts itself anew, as Flask's reloader does, looks there
    sys.path[0] = folder
    become(path)


def follow_sql(trace):
    """Write each statement that sqlite3 runs to the descriptor TRACE, one JSON text a line."""
    import sqlite3

    def note(statement):
        os.write(trace, json.dumps(statement[:MOST_OF_STATEMENT]).encode() + b"\n")

    plain = sqlite3.connect

    @functools.wraps(plain)
    def connect(*values, **names):
        connection = plain(*values, **names)
        connection.set_trace_callback(note)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = connect


def become(path):
    """Run the file PATH as the main program of this process."""
    program = types.ModuleType("__main__")
    program.__file__ = path
    program.__cached__ = None
    program.__annotations__ = {}
    program.__builtins__ = __builtins__
    program.__loader__ = importlib.machinery.SourceFileLoader("__main__", path)
    sys.modules["__main__"] = program
    try:
        with open(path, "rb") as file:
            source = file.read()
        exec(compile(source, path, "exec", dont_inherit=True), program.__dict__)
    except BaseException:
        sys.excepthook = without_ours(sys.excepthook)
        raise


def without_ours(hook):
    """HOOK, shown a traceback that begins in the learner's file."""

    def show(kind, error, trace):
        while trace and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        hook(kind, error.with_traceback(trace), trace)

    return show


if __name__ == "__main__":
    main()
