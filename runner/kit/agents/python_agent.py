"""The learner's Python child: loads their files and answers calls in plain JSON.

Runs alone (`python -P -B python_agent.py FD`), so it imports nothing of this project. One request a
line comes in on the socket FD, one reply a line goes out. Everything that decides lies on the other side.
"""

import importlib.util
import json
import math
import operator
import os
import socket
import sys
import threading
import time
import traceback

HELD = {}
OPENED = {}
STATEMENTS = []  # those that ran on a connection that was opened for a check
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
BEGINNING = ("BEGIN", "SAVEPOINT")
WAITING = 30  # seconds for another's lock; the limit of the run is the checker's
MODULES = {}
UNLOADED = []  # the errors of loading a file, to be told from those of a call
MOST_TEXT = 2000
MOST_NAME = 200
OPERATORS = (
    *("eq", "ne", "lt", "le", "gt", "ge", "is_", "is_not", "contains", "getitem", "setitem", "delitem", "truth"),
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor"),
    *("neg", "pos", "invert"),
)
BUILTINS = (
    *(abs, float, getattr, hash, int, iter, len, list, max, min, next, repr, reversed, set, setattr, sorted),
    *(str, sum, tuple),
)
CROWD = 8  # threads: all have looked before the first writes; with more, most of the time goes into switching
CROWD_STACK = 512 * 1024  # bytes; the usual 8 MiB for each would not fit into the memory of a run


class NotThere(Exception):
    """A file or a name that the exercise asks for does not exist."""


def plain(value, hold=False):
    """VALUE as data that JSON carries without loss; what JSON has no word for is kept here and named by number."""
    if hold:
        return keep(value)
    if value is None or value is True or value is False:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        number = float(value)
        return number if math.isfinite(number) else {"$float": str(number)}
    if isinstance(value, str):
        return str.__str__(value)
    if type(value) is list:
        return [plain(each) for each in value]
    if type(value) is tuple:
        return {"$tuple": [plain(each) for each in value]}
    if type(value) is dict or (isinstance(value, dict) and type(value).__module__ == "collections"):
        pairs = dict.items(value)  # of a Counter or defaultdict too: they equal the dict that a check expects
        if all(type(key) is str and not key.startswith("$") for key, _ in pairs):
            return {key: plain(each) for key, each in pairs}
        return {"$pairs": [[plain(key), plain(each)] for key, each in pairs]}
    return keep(value)


def keep(value):
    number = len(HELD) + 1
    HELD[number] = value
    return {"$ref": number, "$type": name_of(type(value)), "$repr": shown(value)}


def name_of(kind):
    return kind.__name__[:MOST_NAME]


def shown(value):
    try:
        return repr(value)[:200]
    except BaseException as error:
        return f"<a value whose __repr__ raised {type(error).__name__}>"


def native(data):
    """The other way: DATA from the checker with its numbers replaced by the objects kept here."""
    if isinstance(data, list):
        return [native(each) for each in data]
    if isinstance(data, dict):
        if "$ref" in data:
            return HELD[data["$ref"]]
        if "$float" in data:
            return float(data["$float"])
        if "$open" in data:
            return opened(data["$open"])
        if "$tuple" in data:
            return tuple(map(native, data["$tuple"]))
        if "$set" in data:
            return {hashable(native(each)) for each in data["$set"]}
        if "$pairs" in data:
            return {hashable(native(key)): native(each) for key, each in data["$pairs"]}
        return {key: native(each) for key, each in data.items()}
    return data


def opened(order):
    """The handle that ORDER asks for; the same one each time, as a program has one connection."""
    key = json.dumps(order, sort_keys=True)
    if key not in OPENED:
        OPENED[key] = OPENERS[order["kind"]](order)
    return OPENED[key]


def open_sqlite(order):
    import sqlite3

    first = [order["first_ms"]]

    def traced(statement):
        STATEMENTS.append(statement)
        word = statement.split(None, 1)[0].upper()
        if first and word in (*WRITING, *BEGINNING):
            time.sleep(first.pop() / 1000)
        if order["pause_ms"] and word in WRITING:
            time.sleep(order["pause_ms"] / 1000)

    connection = sqlite3.connect(order["path"], timeout=WAITING)
    connection.execute("PRAGMA synchronous = OFF")
    connection.set_trace_callback(traced)
    return connection


def open_mongodb(order):
    import pymongo

    database = pymongo.MongoClient(order["uri"])[order["database"]]
    database.command("ping")
    return database


def open_redis(order):
    import redis

    login = {"username": order.get("user") or None, "password": order.get("password")}
    client = redis.Redis(unix_socket_path=order["path"], db=order["database"], decode_responses=True, **login)
    client.ping()
    return client


def open_azure(order):
    import azure.storage.blob  # noqa: F401  loaded ahead, for the learner's own import of it

    return order["text"]


OPENERS = {"azure": open_azure, "sqlite": open_sqlite, "mongodb": open_mongodb, "redis": open_redis}


def hashable(key):
    return tuple(map(hashable, key)) if isinstance(key, list) else key


def find(target):
    """The object that TARGET (`file:name` or `file:name.inner`) names."""
    file, _, path = target.partition(":")
    module = MODULES.get(file) or load(file)
    found = module
    for name in path.split("."):
        if not hasattr(found, name):
            names = sorted(each for each in vars(module) if not each.startswith("_"))
            raise NotThere(json.dumps({"missing": name, "file": file + ".py", "names": names}))
        found = getattr(found, name)
    return found


def load(file):
    path = os.path.join(os.getcwd(), file + ".py")
    if not os.path.isfile(path):
        raise NotThere(json.dumps({"missing": "", "file": file + ".py", "names": sorted(os.listdir("."))}))
    spec = importlib.util.spec_from_file_location(file, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(file, module)
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        if sys.modules.get(file) is module:
            del sys.modules[file]
        UNLOADED.append(error)
        raise
    MODULES[file] = module
    return module


def keywords(request):
    return {name: native(value) for name, value in request.get("keywords", {}).items()}


def call(request):
    args = native(request.get("args", []))
    function = find(request["target"])
    value = function(*args, **keywords(request))
    after = {"after": [plain(each) for each in args]} if request.get("after") else {}
    return {"value": plain(value, request.get("hold")), **after}


def many(request):
    function = find(request["target"])
    return {
        "replies": [attempt(lambda args=args: {"value": plain(function(*native(args)))}) for args in request["calls"]]
    }


def crowd(request):
    """As `many`, by threads that begin at the same moment."""
    function = find(request["target"])
    calls = [native(args) for args in request["calls"]]
    replies = [None] * len(calls)
    gate = threading.Barrier(min(CROWD, len(calls)))

    def take(first):
        gate.wait()
        for number in range(first, len(calls), gate.parties):
            replies[number] = attempt(lambda args=calls[number]: {"value": plain(function(*args))})

    threading.stack_size(CROWD_STACK)
    threads = [threading.Thread(target=take, args=[first]) for first in range(gate.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"replies": replies}


def new(request):
    return {"value": keep(find(request["target"])(*native(request["args"]), **keywords(request)))}


def method(request):
    function = getattr(HELD[request["ref"]], request["name"])
    return {"value": plain(function(*native(request["args"]), **keywords(request)), request.get("hold"))}


def get(request):
    return {"value": plain(getattr(HELD[request["ref"]], request["name"]), request.get("hold"))}


def read(request):
    return {"value": plain(find(request["target"]))}


def operate(request):
    return {"value": plain(OPERATE[request["name"]](*native(request["args"]), **keywords(request)))}


OPERATE = {
    **{name: getattr(operator, name) for name in OPERATORS},
    **{each.__name__: each for each in BUILTINS},
    "method": lambda value, name, *args, **named: getattr(value, name)(*args, **named),
}


def spoil(request):
    """Change a held list or dict in place, as careless code elsewhere would."""
    held = HELD[request["ref"]]
    if hasattr(held, "clear"):
        held.clear()
    return {"value": None}


def execute(request):
    """Run a statement on a connection of the learner's, as any other user of it would."""
    connection = HELD[request["ref"]]
    try:
        rows = connection.execute(request["sql"], native(request["parameters"])).fetchall()
        connection.commit()
    except BaseException:
        if hasattr(connection, "rollback"):
            connection.rollback()  # the transaction that sqlite3 began for the statement; it would lock others out
        raise
    return {"value": [[plain(each) for each in row] for row in rows]}


def statements(request):
    found = list(STATEMENTS)
    STATEMENTS.clear()
    return {"value": found}


def peak(request):
    """The most bytes of memory that this process has held at once."""
    try:
        with open("/proc/self/status") as status:  # the figure of getrusage begins with the parent's
            return {"value": next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024}
    except OSError:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return {"value": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}


def attempt(action):
    try:
        return action()
    except NotThere as error:
        return {"absent": json.loads(str(error))}
    except BaseException as error:
        return {"error": told(error)}


def told(error):
    try:
        message = str(error)[:MOST_TEXT]
    except BaseException:
        message = "(an error whose text could not be made)"
    cause = error.__cause__
    return {
        "type": name_of(type(error)),
        "bases": [name_of(each) for each in type(error).__mro__],
        "message": message,
        "cause": name_of(type(cause)) if cause is not None else None,
        "frames": frames(error),
        "loading": any(each is error for each in UNLOADED),
    }


def frames(error):
    """Where in the learner's own files the error came from, outermost first."""
    here = os.getcwd() + os.sep
    steps = traceback.extract_tb(error.__traceback__)
    found = [
        {"file": each.filename[len(here) :], "line": each.lineno, "text": (each.line or "")[:MOST_TEXT]}
        for each in steps
        if each.filename.startswith(here)
    ]
    if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(here):
        found.append(
            {
                "file": error.filename[len(here) :],
                "line": error.lineno,
                "text": (error.text or "").strip()[:MOST_TEXT],
            }
        )
    return found[-5:]


def ready(request):
    """Import a file, so that the learner's finds the machinery for it loaded."""
    spec = importlib.util.spec_from_file_location("warm", os.path.join(os.path.dirname(__file__), "warm.py"))
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    for order in request["open"]:
        opened(order)
    return {"value": None}


OPERATIONS = {
    "ready": ready,
    "call": call,
    "many": many,
    "crowd": crowd,
    "new": new,
    "method": method,
    "get": get,
    "read": read,
    "operate": operate,
    "spoil": spoil,
    "execute": execute,
    "statements": statements,
    "peak": peak,
}


def serve(channel):
    sys.path.insert(0, os.getcwd())
    operations, attempted, dumps, loads, clock, cpu_clock = (
        OPERATIONS,
        attempt,
        json.dumps,
        json.loads,
        time.perf_counter,
        time.process_time,
    )
    out, err = sys.stdout, sys.stderr
    with channel.makefile("rwb") as stream:
        stream.write(b"{}\n")
        stream.flush()
        for line in stream:
            request = loads(line)
            began, cpu_began = clock(), cpu_clock()
            reply = attempted(lambda request=request: operations[request["op"]](request))
            took = {"ms": (clock() - began) * 1000, "cpu_ms": (cpu_clock() - cpu_began) * 1000}
            try:
                data = dumps({**reply, **took, "id": request["id"]})
            except BaseException as error:  # such as an int with too many digits to be written
                data = dumps({"error": told(error), **took, "id": request["id"]})
            for each in (out, err):
                try:  # noqa: SIM105  one import less to start
                    each.flush()
                except (OSError, ValueError):
                    pass
            stream.write(data.encode() + b"\n")
            stream.flush()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
