import os

from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/items/<item>")
def show(item):
    if len(request.args.getlist("q")) > 1 or len(request.args.getlist("limit")) > 1:
        abort(400)
    limit = request.args.get("limit", 20, type=int)
    if not 0 <= limit <= 100:
        abort(400)
    return {"id": item, "q": request.args.get("q", ""), "limit": limit}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
