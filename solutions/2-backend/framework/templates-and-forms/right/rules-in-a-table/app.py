"""A table of fields and their limits, which the check and the messages share; the page stands beside the code.

A further field is one line more. `Markup.format` escapes whatever it puts in.
"""

import os

from flask import Flask, Response, request
from markupsafe import Markup

MOST = {"name": 40, "message": 200}
PAGE = Markup("""<!doctype html>
<title>Guest book</title>
{alerts}
<form method="post" action="/">
  <input name="name" value="{name}">
  <textarea name="message">{message}</textarea>
  <button>Sign</button>
</form>
<ul>{items}</ul>
""")
ALERT = Markup('<p role="alert">{} needs 1 to {} characters.</p>')
ITEM = Markup("<li><b>{name}</b> <span>{message}</span></li>")

app = Flask(__name__)
entries = []


def page(typed, wrong):
    alerts = Markup().join(ALERT.format(field, MOST[field]) for field in wrong)
    items = Markup().join(ITEM.format(**entry) for entry in entries)
    return PAGE.format(alerts=alerts, items=items, **typed)


@app.route("/", methods=["GET", "POST"])
def book():
    typed = {field: request.form.get(field, default="") for field in MOST}
    if request.method != "POST":
        return page(typed, [])
    entry = {field: text.strip() for field, text in typed.items()}
    wrong = [field for field, most in MOST.items() if not 0 < len(entry[field]) <= most]
    if wrong:
        return page(typed, wrong), 422
    entries.append(entry)
    return Response(status=303, headers={"Location": "/"})


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
