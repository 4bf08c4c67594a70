import os
import sqlite3

from flask import Flask, abort, request

app = Flask(__name__)
db = sqlite3.connect(os.environ["DATABASE_PATH"], check_same_thread=False)
db.row_factory = sqlite3.Row


def query(statement, values=()):
    return [task(row) for row in db.execute(statement, values)]


def task(row):
    return {**row, "done": bool(row["done"])}


def first(rows):
    return rows[0] if rows else abort(404)


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


@app.post("/tasks")
def create():
    values = fields(request.get_json())
    new = first(query("INSERT INTO tasks (title, done, note) VALUES (?, ?, ?) RETURNING *", values))
    db.commit()
    return new, 201, {"Location": f"/tasks/{new['id']}"}


@app.get("/tasks")
def every():
    return query("SELECT * FROM tasks ORDER BY id")


@app.get("/tasks/<int:number>")
def one(number):
    return first(query("SELECT * FROM tasks WHERE id = ?", [number]))


@app.put("/tasks/<int:number>")
def replace(number):
    return save(number, request.get_json())


@app.patch("/tasks/<int:number>")
def change(number):
    given = request.get_json()
    if not isinstance(given, dict):
        abort(400, "a change is an object")
    return save(number, {**one(number), **given})  # what was sent lies over what is there


def save(number, given):
    statement = "UPDATE tasks SET title = ?, done = ?, note = ? WHERE id = ? RETURNING *"
    return first(query(statement, [*fields(given), number]))


@app.delete("/tasks/<int:number>")
def delete(number):
    first(query("DELETE FROM tasks WHERE id = ? RETURNING *", [number]))
    db.commit()
    return "", 204


query("""CREATE TABLE IF NOT EXISTS tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- or the id of the last one deleted would be used again
    title TEXT NOT NULL,
    done INTEGER NOT NULL,
    note TEXT
)""")

app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
