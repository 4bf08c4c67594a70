"""A slow origin to try the service with by hand: python origin.py 9000"""

import sys
import time

from flask import Flask

app = Flask(__name__)


@app.get("/reports/<name>")
def report(name):
    time.sleep(1)
    return {"asked": name, "value": time.time_ns() % 900 + 100}


app.run(port=int(sys.argv[1]))
