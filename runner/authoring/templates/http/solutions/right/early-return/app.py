import os

from flask import Flask, request

app = Flask(__name__)


# What is wrong is answered first; the rest of the function needs no else.
@app.get("/greeting")
def greeting():
    name = request.args.get("name")
    if not name:
        return {"error": "name is missing"}, 400
    return {"greeting": f"Hello, {name}!"}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
