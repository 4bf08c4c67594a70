import os

from flask import Flask, request

app = Flask(__name__)


@app.post("/tasks")
def add():
    task = request.get_json()  # answers 415 to another type, and 400 to what is not JSON
    problem = fault(task)
    if problem:
        return {"error": problem}, 400
    return {"title": task["title"], "priority": task["priority"], "done": bool(task.get("done"))}, 201


def fault(task):
    if not isinstance(task, dict):
        return "a task is an object"
    if not {"title", "priority"} <= task.keys() <= {"title", "priority", "done"}:
        return "a task has a title, a priority, and perhaps done"
    if not isinstance(task["title"], str) or not 1 <= len(task["title"]) <= 80:
        return "title is a text of 1 to 80 characters"
    if type(task["priority"]) is not int or not 1 <= task["priority"] <= 5:  # isinstance would let True pass
        return "priority is a whole number from 1 to 5"
    return None


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
