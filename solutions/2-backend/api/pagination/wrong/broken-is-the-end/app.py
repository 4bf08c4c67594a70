import base64
import json
import os
import re
import sqlite3
from contextlib import closing

from flask import Flask, abort, request

app = Flask(__name__)


def connect():
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    db.row_factory = sqlite3.Row
    return db


@app.get("/tasks")
def tasks():
    limit = limit_of(request.args.get("limit", "20"))
    after, place = "", []
    if "cursor" in request.args:
        after, place = "WHERE (due, id) > (?, ?)", opened(request.args["cursor"])
    statement = f"SELECT id, title, due FROM tasks {after} ORDER BY due, id LIMIT ?"
    with closing(connect()) as db:
        rows = [dict(row) for row in db.execute(statement, [*place, limit + 1])]
    page = rows[:limit]  # the one more tells that something follows
    return {"tasks": page, "next": closed(page[-1]) if len(rows) > limit else None}


def limit_of(text):
    if not re.fullmatch(r"0*[1-9][0-9]*", text):
        abort(400, "limit is a whole number from 1")
    return min(int(text[:9]), 100)


def closed(row):
    return base64.urlsafe_b64encode(json.dumps([row["due"], row["id"]]).encode()).decode()


def opened(cursor):
    try:
        due, number = json.loads(base64.urlsafe_b64decode(cursor))
    except (ValueError, TypeError):
        return ["9999-99-99", 0]
    if type(due) is not str or type(number) is not int:
        abort(400, "send a cursor back as it came")
    return [due, number]


def make_table():
    """Make the table with some tasks to try, where the file has none."""
    with closing(connect()) as db, db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'tasks'").fetchall():
            db.execute("CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, due TEXT NOT NULL)")
            some = [(f"Task {number}", f"2026-0{1 + number * 7 % 5}-15") for number in range(40)]
            db.executemany("INSERT INTO tasks (title, due) VALUES (?, ?)", some)


make_table()
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
