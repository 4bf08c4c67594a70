"""No framework: one table of paths, and one place where answers leave; the standard library alone."""

import json
import os
import re
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

items = {1: "tea", 2: "cup", 3: "oak table"}

CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 500: "internal"}


class Refused(Exception):
    def __init__(self, status, message, **headers):
        super().__init__(message)
        self.status, self.headers = status, headers


def connect():
    host = os.environ.get("DATABASE_HOST", "db.internal")
    raise ConnectionError(f"no answer from {host}")


def show(body, item):
    if not item.isdecimal():
        raise Refused(400, "an id is a number")
    if int(item) not in items:
        raise Refused(404, "no such item")
    return 200, {"id": int(item), "name": items[int(item)]}


def add(body):
    try:
        name = json.loads(body)["name"]
    except (ValueError, KeyError, TypeError):
        raise Refused(400, "send an object with a name") from None
    return 201, {"id": len(items) + 1, "name": name}


def report(body):
    return 200, connect()


ROUTES = {"/items/([^/]+)": {"GET": show}, "/items": {"POST": add}, "/report": {"GET": report}}


def find(method, path):
    for pattern, methods in ROUTES.items():
        found = re.fullmatch(pattern, path)
        if found and method in methods:
            return methods[method], found.groups()
        if found:
            raise Refused(405, "this path has other methods", Allow=", ".join(methods))
    raise Refused(404, "there is nothing here")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_all(self):
        body, headers = self.rfile.read(int(self.headers.get("Content-Length", 0))), {}
        try:
            function, groups = find(self.command, self.path.partition("?")[0])
            status, value = function(body, *groups)
        except Refused as error:
            status, value, headers = error.status, shape(error.status, str(error)), error.headers
        except Exception:
            traceback.print_exc()
            status, value = 500, shape(500, "the server is at fault")
        content = json.dumps(value).encode()
        self.send_response(status)
        for name, text in {"Content-Type": "application/json", "Content-Length": len(content), **headers}.items():
            self.send_header(name, str(text))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_all


def shape(status, message):
    return {"error": {"code": CODES[status], "message": message}}


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
