"""No framework: the standard library alone, with one function for each method, found by its name."""

import json
import os
import re
import sqlite3
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KINDS = {"title": (str,), "done": (bool,), "note": (str, type(None))}
MISSING = {"done": False, "note": None}


class Refused(Exception):
    pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))  # read it all, whatever is answered
        db = sqlite3.connect(os.environ["DATABASE_PATH"])
        db.row_factory = sqlite3.Row
        try:
            with db:
                self.send(*self.result(db, body))
        except Refused as refusal:
            self.send(refusal.args[0])
        finally:
            db.close()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def result(self, db, body):
        path = re.fullmatch(r"/tasks(?:/(\d+))?", self.path)
        method = f"{self.command.lower()}_{'one' if path and path[1] else 'all'}"
        if not path or not hasattr(self, method):
            raise Refused(404)
        given = parsed(body) if self.command in ("POST", "PUT", "PATCH") else None
        old = None
        if path[1]:
            old = task(db.execute("SELECT * FROM tasks WHERE id = ?", [int(path[1])]).fetchone())
        return getattr(self, method)(db, old, given)

    def get_all(self, db, old, given):
        return 200, [task(row) for row in db.execute("SELECT * FROM tasks ORDER BY id")]

    def post_all(self, db, old, given):
        new = checked({**MISSING, **given})
        new["id"] = db.execute("INSERT INTO tasks (title, done, note) VALUES (:title, :done, :note)", new).lastrowid
        db.commit()  # before the answer: what was answered is kept
        return 201, new, f"/tasks/{new['id']}"

    def get_one(self, db, old, given):
        return 200, old

    def put_one(self, db, old, given):
        return self.save(db, {**MISSING, **given, "id": old["id"]})

    def patch_one(self, db, old, given):
        return self.save(db, {**old, **given, "id": old["id"]})

    def save(self, db, new):
        checked(new)
        db.execute("UPDATE tasks SET title = :title, done = :done, note = :note WHERE id = :id", new)
        db.commit()
        return 200, {name: new[name] for name in ("id", *KINDS)}

    def delete_one(self, db, old, given):
        db.execute("DELETE FROM tasks WHERE id = :id", old)
        db.commit()
        return (204,)

    def send(self, status, value=None, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        body = b"" if status == 204 else json.dumps(value).encode()
        if status != 204:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def parsed(body):
    try:
        given = json.loads(body)
    except ValueError:
        raise Refused(400) from None
    if not isinstance(given, dict):
        raise Refused(400)
    return given


def checked(new):
    if not new.get("title") or any(type(new[name]) not in kinds for name, kinds in KINDS.items()):
        raise Refused(400)
    return {name: new[name] for name in KINDS}


def task(row):
    if row is None:
        raise Refused(404)
    return {**row, "done": bool(row["done"])}


sqlite3.connect(os.environ["DATABASE_PATH"]).execute(
    "CREATE TABLE IF NOT EXISTS tasks"
    " (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, done INTEGER NOT NULL, note TEXT)"
)
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
