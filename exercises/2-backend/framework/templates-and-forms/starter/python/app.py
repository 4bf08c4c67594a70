import os

from flask import Flask, request

app = Flask(__name__)
entries = []  # memory is enough here


# TODO(learn): the page is glued together from texts; templates/page.html can do that better
@app.get("/")
def show():
    items = "".join("<li><b>" + name + "</b> <span>" + message + "</span></li>" for name, message in entries)
    return "<!doctype html><title>Guest book</title><ul>" + items + "</ul>"


# TODO(learn): check what comes, keep what was typed, send the browser on
@app.post("/")
def add():
    entries.append((request.form["name"], request.form["message"]))
    return show()


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
