import hashlib
import hmac
import os
import time

from flask import Flask, request

app = Flask(__name__)

# TODO(learn): read and check the settings before anything else; name all that are at fault, then exit
SECRET_KEY = os.environ.get("SECRET_KEY", "development-secret")
WORK_MS = os.environ.get("WORK_MS", "200")
print("settings:", SECRET_KEY, WORK_MS)


@app.get("/sign")
def sign():
    text = request.args.get("text", "")
    return {"signature": hmac.new(SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()}


@app.get("/work")
def work():
    print("working")
    time.sleep(int(WORK_MS) / 1000)
    return {"done": True}


# TODO(learn): at SIGTERM refuse new connections, finish the requests at work, then exit with 0
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
