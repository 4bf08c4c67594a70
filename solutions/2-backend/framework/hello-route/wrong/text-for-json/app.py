"""Routes as decorators: the path stands right above what it does, which reads best while there are few."""

import os

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "{\"message\": \"hello\"}"


@app.get("/health")
def health():
    return {"status": "ok"}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
