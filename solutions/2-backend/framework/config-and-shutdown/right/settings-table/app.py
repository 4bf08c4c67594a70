"""Settings in one table, each with its rule; and a stop by exception: it leaves the loop from inside.

A further setting is one line more. The exception is shorter than a thread, but can come at any line of the main thread.
"""

import hashlib
import hmac
import os
import re
import signal
import sys
import time

from flask import Flask, request
from werkzeug.serving import ThreadedWSGIServer

RULES = {
    "PORT": (None, r"[0-9]+", "a port"),
    "SECRET_KEY": (None, r".{16,}", "16 characters or more"),
    "WORK_MS": ("200", r"[0-9]+", "a whole number"),
}


class Server(ThreadedWSGIServer):
    daemon_threads = False


def read_settings(environment):
    found = {name: environment.get(name, default) for name, (default, _, _) in RULES.items()}
    faults = [f"{name} must be {RULES[name][2]}" for name in RULES if not re.fullmatch(RULES[name][1], found[name] or "")]
    if faults:
        print("cannot start:", *faults, sep="\n  ", file=sys.stderr)
        sys.exit(2)
    return found


def create_app(settings):
    app = Flask(__name__)
    key = settings["SECRET_KEY"].encode()

    @app.get("/sign")
    def sign():
        return {"signature": hmac.digest(key, request.args.get("text", "").encode(), "sha256").hex()}

    @app.get("/work")
    def work():
        print("working")
        time.sleep(int(settings["WORK_MS"]) / 1000)
        return {"done": True}

    return app


settings = read_settings(os.environ)
server = Server("127.0.0.1", int(settings["PORT"]), create_app(settings))
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server.serve_forever()  # closes, and waits for its threads, however it is left
