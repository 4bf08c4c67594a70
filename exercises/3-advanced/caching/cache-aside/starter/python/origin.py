"""A slow origin to try the service with by hand: python origin.py 9000"""

import sys
import time

from flask import Flask, request

app = Flask(__name__)


@app.get("/prices/<city>")
def price(city):
    time.sleep(1)
    return {"asked": request.full_path, "value": time.time_ns() % 900 + 100}


app.run(port=int(sys.argv[1]))
