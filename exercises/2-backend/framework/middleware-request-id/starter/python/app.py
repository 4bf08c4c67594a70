import json
import os
import time

from flask import Flask

app = Flask(__name__)


def log(**fields):
    print(json.dumps(fields))


# TODO(learn): give every request an id, in the header and in every log line


@app.get("/orders/<number>")
def order(number):
    time.sleep(0.03)  # the search takes a while
    log(event="found", order=number)
    return {"order": number}


@app.get("/broken")
def broken():
    raise RuntimeError("the shelf fell down")


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
