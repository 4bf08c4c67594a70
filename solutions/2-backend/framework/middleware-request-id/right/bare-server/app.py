"""No framework at all: the standard library's server makes one handler for each request's connection.

So the handler object itself is the place that only this request sees.
"""

import json
import os
import re
import sys
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def log(self, **fields):
        print(json.dumps({"request_id": self.id, **fields}), file=sys.stderr)

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Request-Id", self.id)
        self.end_headers()
        self.wfile.write(content)
        self.log(method=self.command, path=self.path.partition("?")[0], status=status)

    def handle_request(self):
        sent = self.headers.get("X-Request-Id", "")
        self.id = sent if re.fullmatch("[A-Za-z0-9_-]{1,64}", sent) else str(uuid.uuid4())
        parts = self.path.partition("?")[0].split("/")
        if self.command == "GET" and parts[:2] == ["", "orders"] and len(parts) == 3:
            time.sleep(0.03)
            self.log(event="found", order=parts[2])
            self.answer(200, {"order": parts[2]})
        elif self.command == "GET" and parts == ["", "broken"]:
            self.answer(500, {"error": "the shelf fell down"})
        else:
            self.answer(404, {"error": "not found"})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_request

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
