import json
import os
import signal

from flask import Flask, abort, request

app = Flask(__name__)
tasks = {}
last = 0
if os.path.exists(os.environ["DATABASE_PATH"]):
    tasks = {task["id"]: task for task in json.load(open(os.environ["DATABASE_PATH"]))}
    last = max(tasks, default=0)


def finish(*_):
    with open(os.environ["DATABASE_PATH"], "w") as file:
        json.dump(list(tasks.values()), file)
    raise SystemExit


signal.signal(signal.SIGTERM, finish)


def fields(given):
    if not isinstance(given, dict):
        abort(400, "a task is an object")
    title, done, note = given.get("title"), given.get("done", False), given.get("note")
    if not isinstance(title, str) or not title:
        abort(400, "title is a text")
    if not isinstance(done, bool):
        abort(400, "done is true or false")
    if note is not None and not isinstance(note, str):
        abort(400, "note is a text or null")
    return title, done, note


def one_of(number):
    return tasks[number] if number in tasks else abort(404)


@app.post("/tasks")
def create():
    global last
    title, done, note = fields(request.get_json())
    last += 1
    tasks[last] = {"id": last, "title": title, "done": done, "note": note}
    return tasks[last], 201, {"Location": f"/tasks/{last}"}


@app.get("/tasks")
def every():
    return list(tasks.values())


@app.get("/tasks/<int:number>")
def one(number):
    return one_of(number)


@app.put("/tasks/<int:number>")
def replace(number):
    return save(one_of(number), request.get_json())


@app.patch("/tasks/<int:number>")
def change(number):
    given = request.get_json()
    if not isinstance(given, dict):
        abort(400)
    return save(one_of(number), {**one_of(number), **given})


def save(task, given):
    task["title"], task["done"], task["note"] = fields(given)
    return task


@app.delete("/tasks/<int:number>")
def delete(number):
    one_of(number)
    del tasks[number]
    return "", 204


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
