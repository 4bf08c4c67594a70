"""A wrapper around the whole application, and a context variable that the log's formatter reads.

It knows nothing of Flask, so it fits any WSGI framework, and every use of `logging` has the id, libraries' too.
"""

import json
import logging
import os
import string
import time
import uuid
from contextvars import ContextVar

from flask import Flask

USABLE = set(string.ascii_letters + string.digits + "-_")
request_id = ContextVar("request_id", default=None)


class JsonLines(logging.Formatter):
    def format(self, record):
        return json.dumps({"request_id": request_id.get(), **record.msg})


class WithId:
    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        usable = 1 <= len(sent) <= 64 and set(sent) <= USABLE
        token = request_id.set(sent if usable else uuid.uuid4().hex)

        def start(status, headers, exc_info=None):
            lines.info({"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "status": int(status[:3])})
            return start_response(status, [*headers, ("X-Request-Id", request_id.get())], exc_info)

        try:
            return self.application(environ, start)
        finally:
            request_id.reset(token)


handler = logging.StreamHandler()
handler.setFormatter(JsonLines())
lines = logging.getLogger("lines")
lines.addHandler(handler)
lines.setLevel(logging.INFO)

app = Flask(__name__)
app.wsgi_app = WithId(app.wsgi_app)


@app.get("/orders/<number>")
def order(number):
    time.sleep(0.03)
    lines.info({"event": "found", "order": number})
    return {"order": number}


@app.get("/broken")
def broken():
    raise RuntimeError("the shelf fell down")


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
