"""Flask, and a connection for each request: plain SQL beside the routes, which is enough for one table.

A version in each row counts its changes; it is the task's ETag. An import is one transaction.
"""

import os
import re
import sqlite3
from datetime import datetime, timezone

from flask import Flask, g, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

FORM = "%Y-%m-%dT%H:%M:%SZ"
KEYS = ("title", "project", "due", "done")
LARGEST = 2**63 - 1

app = Flask(__name__)


def database():
    if "db" not in g:
        g.db = sqlite3.connect(os.environ["DATABASE_PATH"], isolation_level=None)
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close(error):
    if "db" in g:
        g.pop("db").close()


def make_table():
    with app.app_context():
        # AUTOINCREMENT: without it the id of the newest task would come again after that one is deleted.
        database().execute("""
            CREATE TABLE IF NOT EXISTS task (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                title TEXT NOT NULL,
                project TEXT NOT NULL,
                due TEXT,
                done INTEGER NOT NULL,
                version INTEGER NOT NULL DEFAULT 1
            )""")


# What is wrong, as an exception that is the answer


class Refused(Exception):
    def __init__(self, status, words, **keys):
        self.status = status
        self.body = {"error": words, **keys}


@app.errorhandler(Refused)
def refused(error):
    return error.body, error.status


def time_is_right(text):
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text):
        return False
    try:
        datetime.strptime(text, FORM)
    except ValueError:
        return False
    return True


RULES = {
    "title": lambda value: isinstance(value, str) and len(value) <= 100 and value.strip() != "",
    "project": lambda value: isinstance(value, str) and 1 <= len(value) <= 30,
    "due": lambda value: value is None or time_is_right(value),
    "done": lambda value: isinstance(value, bool),
}


def demand_task(data, **where):
    """Raise where DATA has a key or value that no task has."""
    if not isinstance(data, dict):
        raise Refused(400, "a task is an object", field=None, **where)
    for key, value in data.items():
        if key not in RULES or not RULES[key](value):
            raise Refused(400, f"{key} cannot be {value!r}", field=key, **where)


def new_task(data, **where):
    demand_task(data, **where)
    if "title" not in data:
        raise Refused(400, "a task needs a title", field="title", **where)
    return {"project": "inbox", "due": None, "done": False, **data}


def body():
    try:
        return request.get_json()
    except (BadRequest, UnsupportedMediaType):
        raise Refused(400, "the body is not JSON", field=None) from None


# Tasks and rows


def shown(row):
    return {key: row[key] for key in ("id", *KEYS[:3])} | {"done": bool(row["done"])}


def one(row, status=200):
    return shown(row), status, {"ETag": f'"{row["version"]}"'}


def row_of(text):
    if not text.isascii() or not text.isdigit() or int(text) > LARGEST:
        raise Refused(404, "there is no such task")
    row = database().execute("SELECT * FROM task WHERE id = ?", [int(text)]).fetchone()
    if row is None:
        raise Refused(404, "there is no such task")
    return row


def insert(task):
    return database().execute("INSERT INTO task (title, project, due, done) VALUES (:title, :project, :due, :done)", task)


class Transaction:
    """All that happens inside, or nothing; nobody else writes meanwhile."""

    def __enter__(self):
        database().execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, error, trace):
        database().execute("ROLLBACK" if error else "COMMIT")


@app.post("/tasks")
def add():
    number = insert(new_task(body())).lastrowid
    reply = one(row_of(str(number)), 201)
    reply[2]["Location"] = f"/tasks/{number}"
    return reply


@app.get("/tasks/<number>")
def read(number):
    row = row_of(number)
    if matches("If-None-Match", row):
        return "", 304, one(row)[2]
    return one(row)


@app.patch("/tasks/<number>")
def change(number):
    data = body()
    with Transaction():
        row = row_of(number)
        demand_version(row)
        demand_task(data)
        task = {**{key: row[key] for key in KEYS}, **data, "id": row["id"]}
        database().execute(
            "UPDATE task SET title = :title, project = :project, due = :due, done = :done, version = version + 1"
            " WHERE id = :id",
            task,
        )
    return one(row_of(number))


@app.delete("/tasks/<number>")
def delete(number):
    with Transaction():
        row = row_of(number)
        demand_version(row)
        database().execute("DELETE FROM task WHERE id = ?", [row["id"]])
    return "", 204


def matches(header, row):
    tags = [each.strip() for each in request.headers.get(header, "").split(",")]
    return "*" in tags or f'"{row["version"]}"' in tags


def demand_version(row):
    if "If-Match" in request.headers and not matches("If-Match", row):
        raise Refused(412, "the task was changed meanwhile")


# Finding


def now():
    return os.environ.get("NOW") or datetime.now(timezone.utc).strftime(FORM)


def number(name, text, least, most):
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise Refused(400, f"{name} is a whole number from {least} to {most}", field=name)
    return int(text)


@app.get("/tasks")
def find():
    where, values, limit = ["TRUE"], [], 20
    for name, text in request.args.items():
        if name == "limit":
            limit = number(name, text, 1, 100)
        elif name == "after":
            where.append("id > ?")
            values.append(number(name, text, 0, LARGEST))
        elif name == "project":
            where.append("project = ?")
            values.append(text)
        elif name == "q":
            # instr has no signs that stand for anything, as LIKE has.
            where.append("instr(lower(title), lower(?)) > 0")
            values.append(text)
        elif name == "done" and text in ("true", "false"):
            where.append("done = ?")
            values.append(text == "true")
        elif name == "due" and text == "overdue":
            where.append("due < ? AND NOT done")
            values.append(now())
        elif name == "due" and text == "today":
            where.append("substr(due, 1, 10) = ?")
            values.append(now()[:10])
        elif name == "due" and text == "none":
            where.append("due IS NULL")
        else:
            raise Refused(400, f"{name} cannot be {text!r} here", field=name)
    question = f"SELECT * FROM task WHERE {' AND '.join(where)} ORDER BY id LIMIT ?"
    rows = database().execute(question, [*values, limit + 1]).fetchall()  # one more tells whether more follow
    page = [shown(row) for row in rows[:limit]]
    return {"tasks": page, "next": page[-1]["id"] if len(rows) > limit else None}


# Many at once


@app.post("/tasks/import")
def take_in():
    data = request.get_json(silent=True)
    tasks = data.get("tasks") if isinstance(data, dict) else None
    if not isinstance(tasks, list) or not 1 <= len(tasks) <= 500:
        raise Refused(400, "an import is an object with 1 to 500 tasks", field="tasks", index=None)
    tasks = [new_task(each, index=index) for index, each in enumerate(tasks)]
    with Transaction():
        ids = [insert(each).lastrowid for each in tasks]
    return {"ids": ids}, 201


@app.get("/stats")
def stats():
    rows = database().execute(
        "SELECT project, count(*) AS total, sum(done) AS done, sum(due < ? AND NOT done) AS overdue"
        " FROM task GROUP BY project",
        [now()],
    ).fetchall()
    return {
        "total": sum(row["total"] for row in rows),
        "done": sum(row["done"] for row in rows),
        "overdue": sum(row["overdue"] or 0 for row in rows),
        "projects": {row["project"]: {"total": row["total"], "done": row["done"]} for row in rows},
    }


make_table()
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
