import os
import sqlite3

from flask import Flask

app = Flask(__name__)

# TODO(learn): stage 1, the tasks in the SQLite file in DATABASE_PATH

app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
