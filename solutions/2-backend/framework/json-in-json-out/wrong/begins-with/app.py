import os

from flask import Flask, request

app = Flask(__name__)


@app.post("/tasks")
def add():
    if not request.content_type or not request.content_type.startswith("application/json"):
        return {"error": "send application/json"}, 415
    task = request.get_json(force=True)
    problem = fault(task)
    if problem:
        return {"error": problem}, 400
    return {"title": task["title"], "priority": task["priority"], "done": task.get("done", False)}, 201


def fault(task):
    if not isinstance(task, dict):
        return "a task is an object"
    if not {"title", "priority"} <= task.keys() <= {"title", "priority", "done"}:
        return "a task has a title, a priority, and perhaps done"
    if not isinstance(task["title"], str) or not 1 <= len(task["title"]) <= 80:
        return "title is a text of 1 to 80 characters"
    if type(task["priority"]) is not int or not 1 <= task["priority"] <= 5:  # isinstance would let True pass
        return "priority is a whole number from 1 to 5"
    if not isinstance(task.get("done", False), bool):
        return "done is true or false"
    return None


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
