"""No framework at all: the standard library's server, whose threads are waited for once they are no daemons."""

import hmac
import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Stop(Exception):
    pass


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urlsplit(self.path)
        if asked.path == "/sign":
            text = parse_qs(asked.query).get("text", [""])[0]
            self.answer(200, {"signature": hmac.digest(key.encode(), text.encode(), "sha256").hex()})
        elif asked.path == "/work":
            print("working")
            time.sleep(int(work_ms) / 1000)
            self.answer(200, {"done": True})
        else:
            self.answer(404, {"error": "not found"})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Server(ThreadingHTTPServer):
    daemon_threads = False


def stop(*_):
    raise Stop


key, work_ms = os.environ.get("SECRET_KEY", ""), os.environ.get("WORK_MS", "200")
faults = ["SECRET_KEY"] * (len(key) < 16) + ["WORK_MS"] * (not work_ms.isdecimal())
if faults:
    sys.exit(f"missing or wrong: {', '.join(faults)}")
signal.signal(signal.SIGTERM, stop)
try:
    with Server(("127.0.0.1", int(os.environ["PORT"])), Handler) as server:
        server.serve_forever()
except Stop:
    pass
