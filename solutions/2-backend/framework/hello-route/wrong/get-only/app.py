"""Routes as decorators: the path stands right above what it does, which reads best while there are few."""

import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"], provide_automatic_options=False)
def hello():
    return {"message": "hello"}


@app.get("/health")
def health():
    return {"status": "ok"}


@app.before_request
def only_get():
    if request.method != "GET":
        return {"error": "GET only"}, 405
    return None


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
