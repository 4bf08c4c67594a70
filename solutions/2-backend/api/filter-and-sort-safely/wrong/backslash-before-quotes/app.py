import os
import sqlite3

from flask import Flask, abort, request

app = Flask(__name__)

COLUMNS = ("id", "title", "status", "due")
STATUSES = ("open", "done")


def connect():
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    db.row_factory = sqlite3.Row
    return db


def order(sort):
    name = sort.removeprefix("-")
    if name not in COLUMNS:
        abort(400, "sort is none of the four names")
    return f"{name} DESC, id" if sort.startswith("-") else f"{name}, id"


@app.get("/tasks")
def tasks():
    conditions, values = ["TRUE"], []
    if "q" in request.args:
        q = request.args["q"].replace("'", "\\'")
        conditions.append(f"title LIKE '%{q}%'")
    if "status" in request.args:
        if request.args["status"] not in STATUSES:
            abort(400, "status is open or done")
        conditions.append("status = ?")
        values.append(request.args["status"])
    sql = "SELECT id, title, status, due FROM tasks WHERE {} ORDER BY {}"
    sql = sql.format(" AND ".join(conditions), order(request.args.get("sort", "id")))
    db = connect()
    rows = db.execute(sql, values).fetchall()
    db.close()
    return [dict(row) for row in rows]


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
