"""The server is asked to shut down by a thread of its own, since `shutdown` waits for the loop that the main thread runs.

Threads that are not daemons are waited for by `server_close`.
"""

import hashlib
import hmac
import os
import signal
import sys
import threading
import time

from flask import Flask, request
from werkzeug.serving import make_server

SECRET_KEY = os.environ.get("SECRET_KEY", "")
WORK_MS = os.environ.get("WORK_MS", "200")
faults = []
if len(SECRET_KEY) <= 16:
    faults.append("SECRET_KEY is needed, with 16 characters or more")
if not (WORK_MS.isascii() and WORK_MS.isdigit()):
    faults.append("WORK_MS must be a whole number")
if faults:
    sys.exit("\n".join(faults))

app = Flask(__name__)


@app.get("/sign")
def sign():
    text = request.args.get("text", "")
    return {"signature": hmac.new(SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()}


@app.get("/work")
def work():
    print("working")
    time.sleep(int(WORK_MS) / 1000)
    return {"done": True}


server = make_server("127.0.0.1", int(os.environ["PORT"]), app, threaded=True)
server.daemon_threads = False
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
server.server_close()
