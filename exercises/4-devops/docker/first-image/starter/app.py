"""The task service. It is finished: run it with `python app.py`, HOST and PORT say where it listens."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))

tasks = []


class Tasks(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/tasks":
            return self.answer(404, {"error": "not found"})
        self.answer(200, tasks)

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        tasks.append({"id": len(tasks) + 1, **json.loads(self.rfile.read(length))})
        self.answer(201, tasks[-1])

    def answer(self, status, data):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    print(f"listening on {HOST}:{PORT}", flush=True)
    ThreadingHTTPServer((HOST, PORT), Tasks).serve_forever()
