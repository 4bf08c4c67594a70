"""The page service. It is finished: HOST and PORT say where it listens."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import greeting

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
PAGE = Path(__file__).with_name("page.txt")


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"page": PAGE.read_text(), "greeting": greeting.WORDS}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer((HOST, PORT), Page).serve_forever()
