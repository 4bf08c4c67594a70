import os

from flask import Flask

app = Flask(__name__)

# TODO(learn): answer GET /greeting

app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
