"""No framework: the standard library alone, with a cursor that is signed too. Only what this service made is taken."""

import hashlib
import hmac
import json
import os
import sqlite3
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = hashlib.sha256(b"tasks by due and id").digest()  # a real one is a secret, and comes from outside

PAGE = """
SELECT id, title, due FROM tasks
WHERE ? IS NULL OR (due, id) > (?, ?)
ORDER BY due, id LIMIT ?
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path != "/tasks":
            return self.send(404, {"error": "no such page"})
        try:
            return self.send(200, page(**{name: values[0] for name, values in parse_qs(url.query, True).items()}))
        except (ValueError, TypeError):
            return self.send(400, {"error": "limit or cursor is wrong"})

    def send(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def page(limit="20", cursor=""):
    count = int(limit)
    if count < 1:
        raise ValueError("limit")
    count = min(count, 100)
    due, number = opened(cursor) if cursor else (None, None)
    with closing(connect()) as db:
        rows = [dict(row) for row in db.execute(PAGE, (due, due, number, count + 1))]
    shown = rows[:count]
    return {"tasks": shown, "next": closed(shown[-1]) if len(rows) > count else None}


def closed(row):
    place = json.dumps([row["due"], row["id"]]).encode().hex()
    return f"{place}-{sign(place)}"


def opened(cursor):
    place, _, signature = cursor.partition("-")
    if not hmac.compare_digest(signature.encode(), sign(place).encode()):
        raise ValueError("cursor")
    return json.loads(bytes.fromhex(place))


def sign(text):
    return hmac.new(KEY, text.encode(), hashlib.sha256).hexdigest()[:20]


def connect():
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    db.row_factory = sqlite3.Row
    return db


def make_table():
    """Make the table with some tasks to try, where the file has none."""
    with closing(connect()) as db, db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'tasks'").fetchall():
            db.execute("CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, due TEXT NOT NULL)")
            some = [(f"Task {number}", f"2026-0{1 + number * 7 % 5}-15") for number in range(40)]
            db.executemany("INSERT INTO tasks (title, due) VALUES (?, ?)", some)


make_table()
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
