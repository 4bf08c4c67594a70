import os
import re
import sqlite3
from contextlib import closing

from flask import Flask, request
from werkzeug.exceptions import BadRequest

PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})_([0-9]{1,18})")
FIRST = "0000-00-00_0"
"""In front of all tasks: the first page needs no statement of its own."""

PAGE = """
SELECT id, title, due FROM tasks
WHERE due > :due OR (due = :due AND id > :id)
ORDER BY due, id
LIMIT :limit
"""

app = Flask(__name__)


def connect():
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    db.row_factory = sqlite3.Row
    return db


@app.get("/tasks")
def tasks():
    limit = request.args.get("limit", "20")
    if not limit.isdigit() or not limit.strip("0"):
        raise BadRequest("limit is a whole number from 1")
    limit = min(int(limit), 100)
    place = PLACE.fullmatch(request.args.get("cursor", FIRST))
    if not place:
        raise BadRequest("cursor is no next of this list")
    with closing(connect()) as db:
        values = {"due": place[1], "id": int(place[2]), "limit": limit + 1}
        *page, more = [*map(dict, db.execute(PAGE, values)), None][: limit + 1]
    return {"tasks": page, "next": f"{page[-1]['due']}_{page[-1]['id']}" if more else None}


def make_table():
    """Make the table with some tasks to try, where the file has none."""
    with closing(connect()) as db, db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'tasks'").fetchall():
            db.execute("CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, due TEXT NOT NULL)")
            some = [(f"Task {number}", f"2026-0{1 + number * 7 % 5}-15") for number in range(40)]
            db.executemany("INSERT INTO tasks (title, due) VALUES (?, ?)", some)


make_table()
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
