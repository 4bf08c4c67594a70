import os

from flask import Flask, request

app = Flask(__name__)


@app.get("/greeting")
def greeting():
    name = request.args.get("name")
    return f"Hello, {name}!" if name else ("name is missing", 400)


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
