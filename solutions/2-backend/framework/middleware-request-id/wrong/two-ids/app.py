import json
import os
import re
import time
import uuid

from flask import Flask, g, request

app = Flask(__name__)


def request_id():
    sent = request.headers.get("X-Request-Id", "")
    return sent if re.fullmatch("[A-Za-z0-9_-]{1,64}", sent) else str(uuid.uuid4())


def log(**fields):
    print(json.dumps({"request_id": request_id(), **fields}))


@app.before_request
def begin():
    g.began = time.time()


@app.after_request
def end(response):
    response.headers["X-Request-Id"] = request_id()
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
