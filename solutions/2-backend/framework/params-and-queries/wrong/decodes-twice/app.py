import os
import re
from urllib.parse import unquote

from flask import Flask, abort, request

app = Flask(__name__)


def one(name, default):
    values = request.args.getlist(name) or [default]
    if len(values) > 1:
        abort(400, f"{name} is given twice")
    return values[0]


@app.get("/items/<item>")
def show(item):
    q, limit = one("q", ""), one("limit", "20")
    if not re.fullmatch("[0-9]{1,3}", limit) or int(limit) > 100:
        abort(400, "limit is a whole number from 0 to 100")
    return {"id": unquote(item), "q": unquote(q), "limit": int(limit)}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
