import os

from flask import Flask, request

app = Flask(__name__)
items = {1: "tea", 2: "cup", 3: "oak table"}

CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 500: "internal"}


def connect():
    host = os.environ.get("DATABASE_HOST", "db.internal")
    raise ConnectionError(f"no answer from {host}")


@app.get("/items/<item>")
def show(item):
    if not item.isdecimal():
        return {"error": {"code": "bad_request", "message": "an id is a number"}}, 400
    if int(item) not in items:
        return {"error": {"code": "not_found", "message": "no such item"}}, 404
    return {"id": int(item), "name": items[int(item)]}


@app.post("/items")
def add():
    body = request.get_json()
    if not isinstance(body, dict) or not isinstance(body.get("name"), str):
        return {"error": {"code": "bad_request", "message": "name is missing"}}, 400
    return {"id": len(items) + 1, "name": body["name"]}, 201


@app.get("/report")
def report():
    return connect()


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
