"""A store that knows SQL and no HTTP, routes that know HTTP and no SQL: each can be tested and exchanged alone."""

import os
import sqlite3
from contextlib import closing

from flask import Blueprint, Flask, Response, current_app, jsonify, request, url_for
from werkzeug.exceptions import BadRequest, NotFound

FIELDS = {  # name: (what a value must hold, the value of a missing one)
    "title": (lambda value: type(value) is str and value != "", None),
    "done": (lambda value: type(value) is bool, False),
    "note": (lambda value: value is None or type(value) is str, None),
}


class Store:
    """Tasks in a file; a task that is not there is None or False."""

    def __init__(self, path):
        self.path = path
        self.ask(
            "CREATE TABLE IF NOT EXISTS task"
            " (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, done BOOLEAN NOT NULL, note TEXT)"
        )

    def ask(self, statement, *values):
        with closing(sqlite3.connect(self.path, isolation_level=None)) as db:  # None: each statement commits
            db.row_factory = sqlite3.Row
            cursor = db.execute(statement, values)
            rows = [{**row, "done": row["done"] == 1} for row in cursor.fetchall()]
            return rows, cursor

    def add(self, task):
        _, cursor = self.ask(
            "INSERT INTO task (title, done, note) VALUES (?, ?, ?)", task["title"], task["done"], task["note"]
        )
        return self.get(cursor.lastrowid)

    def get(self, number):
        rows, _ = self.ask("SELECT id, title, done, note FROM task WHERE id = ?", number)
        return rows[0] if rows else None

    def all(self):
        return self.ask("SELECT id, title, done, note FROM task ORDER BY id")[0]

    def change(self, number, changes):
        """Change the columns in CHANGES, which names no others than those of FIELDS."""
        if changes:
            columns = ", ".join(f"{name} = ?" for name in changes)
            self.ask(f"UPDATE task SET {columns} WHERE id = ?", *changes.values(), number)
        return self.get(number)

    def delete(self, number):
        return self.ask("DELETE FROM task WHERE id = ?", number)[1].rowcount > 0


def body(*, whole):
    """The fields that were sent, checked; WHOLE fills in those that were not."""
    given = request.get_json()
    if type(given) is not dict:
        raise BadRequest("send an object")
    names = [name for name in FIELDS if whole or name in given]
    task = {name: given.get(name, FIELDS[name][1]) for name in names}
    for name, value in task.items():
        if not FIELDS[name][0](value):
            raise BadRequest(f"{name} is missing or wrong")
    return task


tasks = Blueprint("tasks", __name__, url_prefix="/tasks")


def store():
    return current_app.config["STORE"]


def shown(task):
    if task is None:
        raise NotFound("no such task")
    return jsonify(task)


@tasks.get("")
def every():
    return jsonify(store().all())


@tasks.post("")
def create():
    task = store().add(body(whole=True))
    return task, 201, {"Location": url_for(".one", number=task["id"], _external=True)}


@tasks.get("/<int:number>")
def one(number):
    return shown(store().get(number))


@tasks.route("/<int:number>", methods=["PUT", "PATCH"])
def change(number):
    return shown(store().change(number, body(whole=request.method == "PUT")))


@tasks.delete("/<int:number>")
def delete(number):
    if not store().delete(number):
        raise NotFound("no such task")
    return Response(status=204)


def create_app(path):
    app = Flask(__name__)
    app.config["STORE"] = Store(path)
    app.register_blueprint(tasks)
    return app


if __name__ == "__main__":
    create_app(os.environ["DATABASE_PATH"]).run(host="127.0.0.1", port=int(os.environ["PORT"]))
