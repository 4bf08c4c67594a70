import hashlib
import json
import os
import re
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

FORM = "%Y-%m-%dT%H:%M:%SZ"
LOCK = threading.RLock()  # one connection for all threads, one request at a time

db = sqlite3.connect(os.environ["DATABASE_PATH"], check_same_thread=False)
db.execute("PRAGMA journal_mode = WAL")
db.execute(
    "CREATE TABLE IF NOT EXISTS task"
    " (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, project TEXT, due TEXT, done INTEGER)"
)


class Answer(Exception):
    """An answer that ends the work on a request wherever it stands."""

    def __init__(self, status, body=None, **headers):
        self.status, self.body, self.headers = status, body, headers


def wrong(status, words, **keys):
    return Answer(status, {"error": words, **keys})


def text_of(least, most):
    return lambda value: isinstance(value, str) and least <= len(value) <= most and not value.isspace()


def is_due(value):
    if value is None:
        return True
    try:
        return time.strftime(FORM, time.strptime(value, FORM)) == value  # strptime also takes 2031-3-9
    except (ValueError, TypeError):
        return False


# Of each key: what it is unless given (... where it must be), and what it may be.
RULES = {
    "title": (..., text_of(1, 100)),
    "project": ("inbox", lambda value: isinstance(value, str) and 1 <= len(value) <= 30),
    "due": (None, is_due),
    "done": (False, lambda value: value is True or value is False),
}


def checked(data, partly=False, **where):
    if not isinstance(data, dict):
        raise wrong(400, "not an object", field=None, **where)
    whole = dict(data) if partly else {**{key: rule[0] for key, rule in RULES.items()}, **data}
    for key, value in whole.items():
        if key not in RULES or not RULES[key][1](value):
            raise wrong(400, "not allowed", field=key, **where)
    return whole


def shown(row):
    number, title, project, due, done = row
    return {"id": number, "title": title, "project": project, "due": due, "done": bool(done)}


def found(text):
    row = None
    if re.fullmatch("[0-9]{1,18}", text):
        row = db.execute("SELECT id, title, project, due, done FROM task WHERE id = ?", [int(text)]).fetchone()
    if row is None:
        raise wrong(404, "no such task")
    return shown(row)


def tag_of(task):
    return '"' + hashlib.sha256(json.dumps(task).encode()).hexdigest()[:20] + '"'


def tags(header):
    return re.findall(r'\*|"[^"]*"', header)


def one(task, status=200, **headers):
    return Answer(status, task, ETag=tag_of(task), **headers)


def store(tasks):
    """Store TASKS in one statement, and return their ids: one writer at a time, so they follow each other."""
    db.execute(
        "INSERT INTO task (title, project, due, done)"
        " SELECT value ->> 'title', value ->> 'project', value ->> 'due', value ->> 'done' FROM json_each(?) ORDER BY key",
        [json.dumps(tasks)],
    )
    db.commit()
    last = db.execute("SELECT max(id) FROM task").fetchone()[0]
    return list(range(last - len(tasks) + 1, last + 1))


def add(asked):
    [number] = store([checked(asked.body())])
    raise one(found(str(number)), 201, Location=f"/tasks/{number}")


def read(asked, number):
    task = found(number)
    if {"*", tag_of(task)} & set(tags(asked.headers.get("If-None-Match", ""))):
        raise Answer(304, None, ETag=tag_of(task))
    raise one(task)


def present(asked, number):
    task = found(number)
    if "If-Match" in asked.headers and not {"*", tag_of(task)} & set(tags(asked.headers["If-Match"])):
        raise wrong(412, "changed meanwhile")
    return task


def change(asked, number):
    task = present(asked, number) | checked(asked.body(), partly=True)
    db.execute("UPDATE task SET title = :title, project = :project, due = :due, done = :done WHERE id = :id", task)
    raise one(found(number))


def delete(asked, number):
    db.execute("DELETE FROM task WHERE id = ?", [present(asked, number)["id"]])
    db.commit()
    raise Answer(204)


def now():
    return os.environ.get("NOW") or time.strftime(FORM, time.gmtime())


def like(text):
    return "%" + re.sub(r"([\\%_])", r"\\\1", text) + "%"


# Of each parameter: what it may be, and what a task must be for it.
FILTERS = {
    "after": ("[0-9]{1,18}", lambda text: ("id > ?", int(text))),
    "project": ("(?s).*", lambda text: ("project = ?", text)),
    "q": ("(?s).*", lambda text: (r"title LIKE ? ESCAPE '\'", like(text))),
    "done": ("true|false", lambda text: ("done = ?", text == "true")),
    "due": (
        "overdue|today|none",
        lambda text: {
            "overdue": ("due < ? AND done = 0", now()),
            "today": ("due LIKE ?", now()[:10] + "%"),
            "none": ("coalesce(due, ?1) = ?1", ""),
        }[text],
    ),
    "limit": ("[1-9][0-9]?|100", lambda text: ("?", 1)),
}


def find(asked):
    conditions, values = ["1"], []
    for name, text in asked.query:
        if name not in FILTERS or not re.fullmatch(FILTERS[name][0], text):
            raise wrong(400, "not allowed", field=name)
        condition, value = FILTERS[name][1](text)
        conditions.append(condition.replace("?1", "?"))
        values += [value] * conditions[-1].count("?")
    limit = int(dict(asked.query).get("limit", 20))
    where = " AND ".join(f"({each})" for each in conditions)
    rows = db.execute(
        f"SELECT id, title, project, due, done FROM task WHERE {where} ORDER BY id LIMIT ?", [*values, limit + 1]
    )
    tasks = [shown(row) for row in rows]
    more = len(tasks) > limit
    raise Answer(200, {"tasks": tasks[:limit], "next": tasks[limit - 1]["id"] if more else None})


def take_in(asked):
    try:
        tasks = asked.body()["tasks"]
    except (Answer, LookupError, TypeError):
        tasks = None
    if not isinstance(tasks, list) or not 1 <= len(tasks) <= 500:
        raise wrong(400, "1 to 500 tasks", field="tasks", index=None)
    ids = store([checked(each, index=index) for index, each in enumerate(tasks)])
    raise Answer(201, {"ids": ids})


def stats(asked):
    total, done, overdue = db.execute(
        "SELECT count(*), total(done), total(due < ? AND done = 0) FROM task", [now()]
    ).fetchone()
    rows = db.execute("SELECT project, count(*), sum(done) FROM task GROUP BY project")
    projects = {name: {"total": total, "done": done} for name, total, done in rows}
    raise Answer(200, {"total": total, "done": int(done), "overdue": int(overdue), "projects": projects})


ROUTES = [
    ("POST", "/tasks", add),
    ("GET", "/tasks", find),
    ("POST", "/tasks/import", take_in),
    ("GET", "/stats", stats),
    ("GET", "/tasks/([^/]+)", read),
    ("PATCH", "/tasks/([^/]+)", change),
    ("DELETE", "/tasks/([^/]+)", delete),
]


class Asked(BaseHTTPRequestHandler):
    def body(self):
        try:
            return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        except ValueError:
            raise wrong(400, "not JSON", field=None) from None

    def answer(self):
        address = urlsplit(self.path)
        self.query = parse_qsl(address.query, keep_blank_values=True)
        for method, pattern, action in ROUTES:
            match = re.fullmatch(pattern, address.path)
            if match and method == self.command:
                with LOCK:
                    action(self, *match.groups())
        raise wrong(404, "no such page")

    def do(self):
        try:
            self.answer()
        except Answer as answer:
            body = b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if body:
                self.send_header("Content-Type", "application/json")
            if answer.status not in (204, 304):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_DELETE = do


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Asked).serve_forever()
