import os

from flask import Flask, request

app = Flask(__name__)
items = {1: "tea", 2: "cup", 3: "oak table"}


def connect():
    host = os.environ.get("DATABASE_HOST", "db.internal")
    raise ConnectionError(f"no answer from {host}")


# TODO(learn): let every error below, and the framework's own, leave in one shape


@app.get("/items/<item>")
def show(item):
    if not item.isdecimal():
        return "an id is a number", 400
    if int(item) not in items:
        return {"message": "no such item"}, 404
    return {"id": int(item), "name": items[int(item)]}


@app.post("/items")
def add():
    body = request.get_json()
    if not isinstance(body, dict) or not isinstance(body.get("name"), str):
        return {"error": "name is missing"}, 400
    return {"id": len(items) + 1, "name": body["name"]}, 201


@app.get("/report")
def report():
    return connect()


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
