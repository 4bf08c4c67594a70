import os
import sqlite3
from contextlib import closing

from flask import Flask

app = Flask(__name__)


def connect():
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    db.row_factory = sqlite3.Row
    return db


# TODO(learn): answer one page: limit, cursor and next
@app.get("/tasks")
def tasks():
    with closing(connect()) as db:
        rows = db.execute("SELECT id, title, due FROM tasks ORDER BY due, id").fetchall()
    return {"tasks": [dict(row) for row in rows]}


def make_table():
    """Make the table with some tasks to try, where the file has none."""
    with closing(connect()) as db, db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'tasks'").fetchall():
            db.execute("CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, due TEXT NOT NULL)")
            some = [(f"Task {number}", f"2026-0{1 + number * 7 % 5}-15") for number in range(40)]
            db.executemany("INSERT INTO tasks (title, due) VALUES (?, ?)", some)


make_table()
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
