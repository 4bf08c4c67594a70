import os

from flask import Flask, request

app = Flask(__name__)


@app.get("/greeting")
def greeting():
    if not request.args.get("name"):
        return {"error": "name is missing"}, 400
    return {"greeting": "Hello, Ada!"}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
