import os

from flask import Flask, redirect, render_template, request

app = Flask(__name__)
entries = []


@app.get("/")
def show():
    return render_template("page.html", entries=entries)


@app.post("/")
def add():
    typed = {field: request.form.get(field, "") for field in ("name", "message")}
    entry = {field: text.strip() for field, text in typed.items()}
    if not typed["name"] or len(entry["name"]) > 40:
        error = "The name has 1 to 40 characters."
    elif not typed["message"] or len(entry["message"]) > 200:
        error = "The message has 1 to 200 characters."
    else:
        entries.append(entry)
        return redirect("/", code=303)
    return render_template("page.html", entries=entries, error=error, **typed), 422


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
