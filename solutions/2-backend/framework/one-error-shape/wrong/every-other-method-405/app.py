import json
import os

from flask import Flask, abort, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

app = Flask(__name__)
items = {1: "tea", 2: "cup", 3: "oak table"}

CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 500: "internal"}


def connect():
    host = os.environ.get("DATABASE_HOST", "db.internal")
    raise ConnectionError(f"no answer from {host}")


@app.errorhandler(HTTPException)
def refused(error):
    # What breaks comes here as an InternalServerError, whose description says nothing of the reason.
    if error.code == 404 and request.method != "GET":
        error = MethodNotAllowed(["GET", "POST"])
    response = error.get_response()  # with its headers: Allow
    code = CODES.get(error.code, error.name.lower().replace(" ", "_"))
    response.data = json.dumps({"error": {"code": code, "message": error.description}})
    response.content_type = "application/json"
    return response


@app.get("/items/<item>")
def show(item):
    if not item.isdecimal():
        abort(400, "an id is a number")
    if int(item) not in items:
        abort(404, "no such item")
    return {"id": int(item), "name": items[int(item)]}


@app.post("/items")
def add():
    body = request.get_json()
    if not isinstance(body, dict) or not isinstance(body.get("name"), str):
        abort(400, "name is missing")
    return {"id": len(items) + 1, "name": body["name"]}, 201


@app.get("/report")
def report():
    return connect()


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
