import os
import sqlite3

from flask import Flask

app = Flask(__name__)


def connect():
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    db.row_factory = sqlite3.Row
    return db


@app.get("/tasks")
def tasks():
    # TODO(learn): filter by q and status, order by sort
    db = connect()
    rows = db.execute("SELECT id, title, status, due FROM tasks ORDER BY id").fetchall()
    db.close()
    return [dict(row) for row in rows]


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
