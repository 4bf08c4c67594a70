"""Routes in one table, made in a function: all paths are seen at once, and a test can make an application of its own."""

import os

from flask import Flask, jsonify

PAGES = {"/": {"message": "hello"}, "/health": {"status": "ok"}}


def create_app():
    app = Flask(__name__)
    for path, body in PAGES.items():
        app.add_url_rule(path, endpoint=path, view_func=lambda body=body: jsonify(body))
    return app


if __name__ == "__main__":
    create_app().run(host="127.0.0.1", port=int(os.environ["PORT"]))
