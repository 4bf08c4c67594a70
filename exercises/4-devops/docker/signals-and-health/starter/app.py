"""The greeting service. It is finished. settings.json must be there before it starts; it stops cleanly at SIGTERM.

GET /        the greeting of settings.json
GET /health  200, or 503 once it is broken
POST /break  breaks it
"""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
LOG_FILE = os.environ.get("LOG_FILE", "/var/log/app.log")

with open("settings.json") as file:
    settings = json.load(file)
log = open(LOG_FILE, "a", buffering=1)
broken = False


class Greeting(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            return self.answer(503 if broken else 200, {"broken": broken})
        self.answer(200, {"greeting": settings["greeting"]})

    def do_POST(self):
        global broken
        broken = self.path == "/break"
        self.answer(200, {"broken": broken})

    def answer(self, status, data):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, words, *values):
        log.write(f"request {words % values}\n")


server = ThreadingHTTPServer((HOST, PORT), Greeting)


def stop(number, frame):
    log.write("stopping: every request has its answer\n")
    Thread(target=server.shutdown).start()


signal.signal(signal.SIGTERM, stop)
server.serve_forever()
sys.exit(0)
