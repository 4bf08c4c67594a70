import os

from flask import Flask

app = Flask(__name__)

# TODO(learn): keep tasks in the SQLite file DATABASE_PATH, and answer the six requests of the contract

app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
