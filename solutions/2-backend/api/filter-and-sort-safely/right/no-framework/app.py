"""No framework: the standard library alone. Another sign to escape with, which needs no doubling in the source."""

import json
import os
import re
import sqlite3
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

FILTERS = {"q": "title LIKE ? ESCAPE '!'", "status": "status = ?"}


def answer(names):
    sort = re.fullmatch("(-?)(id|title|status|due)", names.pop("sort", "id"))
    if not sort or names.get("status", "open") not in ("open", "done"):
        return 400, {"error": "no such sort or status"}
    if "q" in names:
        names["q"] = "%" + re.sub("([!%_])", r"!\1", names["q"]) + "%"
    filters = [name for name in FILTERS if name in names]
    where = " AND ".join(FILTERS[name] for name in filters) or "TRUE"
    by = f"{sort[2]} {'DESC' if sort[1] else 'ASC'}, id"
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    try:
        rows = db.execute(
            f"SELECT id, title, status, due FROM tasks WHERE {where} ORDER BY {by}",
            [names[name] for name in filters],
        )
        return 200, [dict(zip(("id", "title", "status", "due"), row)) for row in rows]
    finally:
        db.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/tasks":
            status, value = answer(dict(parse_qsl(url.query, keep_blank_values=True)))
        else:
            status, value = 404, {"error": "no such page"}
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
