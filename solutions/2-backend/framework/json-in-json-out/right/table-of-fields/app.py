"""The shape as a table: a second kind of body is a second table, and no condition is written twice."""

import os

from flask import Flask, jsonify, request
from werkzeug.exceptions import BadRequest

REQUIRED = object()

TASK = {  # name: (kind, what else must hold, default)
    "title": (str, lambda title: 1 <= len(title) <= 80, REQUIRED),
    "priority": (int, lambda priority: 1 <= priority <= 5, REQUIRED),
    "done": (bool, lambda done: True, False),
}


def read(shape):
    given = request.get_json()
    if type(given) is not dict or given.keys() - shape.keys():
        raise BadRequest(f"the body is an object with {', '.join(shape)}")
    return {name: value(name, given.get(name, default), *rules) for name, (*rules, default) in shape.items()}


def value(name, found, kind, holds):
    if type(found) is not kind or not holds(found):  # exact: bool is a kind of its own here
        raise BadRequest(f"{name} is missing or wrong")
    return found


def create_app():
    app = Flask(__name__)
    app.add_url_rule("/tasks", view_func=lambda: (jsonify(read(TASK)), 201), endpoint="add", methods=["POST"])
    return app


if __name__ == "__main__":
    create_app().run(host="127.0.0.1", port=int(os.environ["PORT"]))
