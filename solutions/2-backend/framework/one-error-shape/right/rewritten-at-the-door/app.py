"""The routes stay as they were; at the door every answer from 400 on gets the shape, whoever wrote it.

One place that nobody can forget. The price: it has to guess a message from what the routes wrote.
"""

import os

from flask import Flask, json, request

app = Flask(__name__)
items = {1: "tea", 2: "cup", 3: "oak table"}

SHAPES = {
    400: ("bad_request", "the request is wrong"),
    404: ("not_found", "there is nothing here"),
    405: ("method_not_allowed", "this path has other methods"),
}


def connect():
    host = os.environ.get("DATABASE_HOST", "db.internal")
    raise ConnectionError(f"no answer from {host}")


@app.after_request
def shape(response):
    if response.status_code >= 400:
        code, message = SHAPES.get(response.status_code, ("internal", "the server is at fault"))
        response.data = json.dumps({"error": {"code": code, "message": message}})
        response.mimetype = "application/json"
    return response


@app.get("/items/<int:item>")
def show(item):
    if item not in items:
        return {"message": "no such item"}, 404
    return {"id": item, "name": items[item]}


@app.get("/items/<item>")
def no_number(item):
    return "an id is a number", 400


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
