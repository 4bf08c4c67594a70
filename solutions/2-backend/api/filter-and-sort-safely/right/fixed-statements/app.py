"""One fixed statement for each order, all made at the start: no request makes any SQL.

A filter that was not sent is NULL, and lets everything through; instr knows no signs, so nothing is escaped.
"""

import os
import sqlite3

from flask import Blueprint, Flask, jsonify, request

SELECT = """
    SELECT id, title, status, due FROM tasks
    WHERE (:q IS NULL OR instr(title, :q) > 0) AND (:status IS NULL OR status = :status)
    ORDER BY
"""
STATEMENTS = {
    sign + name: f"{SELECT} {name} {direction}, id"
    for name in ("id", "title", "status", "due")
    for sign, direction in (("", "ASC"), ("-", "DESC"))
}

api = Blueprint("tasks", __name__)


@api.get("/tasks")
def tasks():
    q, status = request.args.get("q"), request.args.get("status")
    statement = STATEMENTS.get(request.args.get("sort", "id"))
    if statement is None or status not in (None, "open", "done"):
        return jsonify(error="no such sort or status"), 400
    db = sqlite3.connect(os.environ["DATABASE_PATH"])
    db.row_factory = sqlite3.Row
    try:
        return jsonify([dict(row) for row in db.execute(statement, {"q": q, "status": status})])
    finally:
        db.close()


if __name__ == "__main__":
    app = Flask(__name__)
    app.register_blueprint(api)
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
