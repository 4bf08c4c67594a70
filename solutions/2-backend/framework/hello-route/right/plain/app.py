import os

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return {"message": "hello"}


@app.get("/health")
def health():
    return {"status": "ok"}


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
