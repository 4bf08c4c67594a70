import json
import os
import re
import time
import uuid

from flask import Flask, g, request

app = Flask(__name__)


def log(**fields):
    print(json.dumps({"request_id": g.request_id, **fields}))


@app.before_request
def begin():
    sent = request.headers.get("X-Request-Id", "")
    g.request_id = sent if re.fullmatch("[\\w-]{1,64}", sent) else str(uuid.uuid4())


@app.after_request
def end(response):
    response.headers["X-Request-Id"] = g.request_id
    log(method=request.method, path=request.path, status=response.status_code)
    return response


@app.get("/orders/<number>")
def order(number):
    time.sleep(0.03)
    log(event="found", order=number)
    return {"order": number}


@app.get("/broken")
def broken():
    raise RuntimeError("the shelf fell down")


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
