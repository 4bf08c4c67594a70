"""No framework at all: the standard library parses the form and escapes, you do the rest of the HTTP."""

import os
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

entries = []


def page(name="", message="", error=""):
    items = "".join(f"<li><b>{escape(a)}</b> <span>{escape(b)}</span></li>" for a, b in entries)
    alert = f'<p role="alert">{escape(error)}</p>' if error else ""
    return f"""<!doctype html><meta charset="utf-8"><title>Guest book</title>{alert}
<form method="post" action="/"><input name="name" value="{escape(name)}">
<textarea name="message">{escape(message)}</textarea><button>Sign</button></form>
<ul>{items}</ul>"""


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, text="", location=""):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        self.answer(200, page())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = parse_qs(body, keep_blank_values=True)
        name, message = (form.get(field, [""])[0] for field in ("name", "message"))
        if name.strip() and message.strip() and len(name) <= 40 and len(message) <= 200:
            entries.append((name.strip(), message.strip()))
            self.answer(303, location="/")
        else:
            self.answer(422, page(name, message, "A name has 1 to 40 characters, a message 1 to 200."))


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
