"""A server to try check.sh on: python3 stub.py PORT

/200, /302, /404, /500 and any other number answer with that status, /drop hangs
up without an answer, /hang never answers. Ctrl-C ends it.
"""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Stub(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.partition("?")[0].strip("/")
        if name == "hang":
            time.sleep(3600)
        if name == "drop":
            return
        status = int(name) if name.isdigit() and 200 <= int(name) <= 599 else 404
        body = b"" if status in (204, 304) else f"page {status}: try again in 200 ms\n".encode()
        self.send_response(status)
        if status in (301, 302, 303, 307, 308):
            self.send_header("Location", "/200")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET


port = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
print(f"http://127.0.0.1:{port}/200", flush=True)
try:
    ThreadingHTTPServer(("127.0.0.1", port), Stub).serve_forever()
except KeyboardInterrupt:
    pass
