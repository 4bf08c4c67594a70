"""No framework: the standard library alone, which shows what Flask does for you with a path and a query."""

import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urlsplit(self.path)
        found = re.fullmatch("/items/([^/]+)", url.path)
        if not found:
            return self.answer(404, {"error": "no such page"})
        query = parse_qs(url.query, keep_blank_values=True)  # every value is a list; + is a space here
        q, limit = query.get("q", [""]), query.get("limit", ["20"])
        if len(q) > 1 or len(limit) > 1 or not re.fullmatch("[0-9]{1,2}|100", limit[0]):
            return self.answer(400, {"error": "bad query"})
        return self.answer(200, {"id": unquote(found[1]), "q": q[0], "limit": int(limit[0])})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
