"""The child that runs the learner's SQL on an SQLite file, in the same limits as any program of theirs.

Runs alone (`python -P -B sql_agent.py FD`), so it imports nothing of this project. One request a line comes in on the
socket FD, one reply a line goes out: `query` and `plan` on a file that is opened for reading alone, `script` on one
that may be changed.
"""

import json
import socket
import sqlite3
import sys

MOST_ROWS = 10_000


def plain(value):
    """VALUE as data that JSON carries without loss."""
    return {"$bytes": value.hex()} if isinstance(value, bytes) else value


def query(connection, request):
    cursor = connection.execute(request["sql"], request["parameters"])
    rows = cursor.fetchmany(MOST_ROWS + 1)
    columns = [each[0] for each in cursor.description or []]
    return {"columns": columns, "rows": [[plain(each) for each in row] for row in rows]}


def plan(connection, request):
    rows = connection.execute("EXPLAIN QUERY PLAN " + request["sql"], request["parameters"])
    return {"columns": ["detail"], "rows": [[row[3]] for row in rows]}


def script(connection, request):
    connection.executescript(request["sql"])
    return {"columns": [], "rows": []}


OPERATIONS = {"query": query, "plan": plan, "script": script}


def answer(request):
    if request["op"] == "ready":
        return {}
    mode = "rw" if request["op"] == "script" else "ro"
    connection = sqlite3.connect(f"file:{request['path']}?mode={mode}", uri=True, isolation_level=None)
    try:
        return OPERATIONS[request["op"]](connection, request)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        return {"refused": str(error)}
    finally:
        connection.close()


def serve(channel):
    with channel.makefile("rwb") as stream:
        stream.write(b"{}\n")
        stream.flush()
        for line in stream:
            request = json.loads(line)
            stream.write(json.dumps({**answer(request), "id": request["id"]}).encode() + b"\n")
            stream.flush()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
