"""No framework: the standard library alone, which shows what Flask does for you with a body."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))  # read it all, whatever is answered
        if self.path != "/tasks":
            return self.answer(404, {"error": "no such page"})
        if self.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            return self.answer(415, {"error": "send application/json"})
        try:
            return self.answer(201, task(**json.loads(body)))
        except (ValueError, TypeError) as error:  # the names of the parameters are the fields that may come
            return self.answer(400, {"error": str(error)})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def task(*, title, priority, done=False):
    if (type(title), type(priority), type(done)) != (str, int, bool):
        raise TypeError("a value is of the wrong kind")
    if not (1 <= len(title) <= 80 and 1 <= priority <= 5):
        raise ValueError("a value is out of bounds")
    return {"title": title, "priority": priority, "done": done}


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
