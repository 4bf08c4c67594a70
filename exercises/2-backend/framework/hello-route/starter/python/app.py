from flask import Flask

app = Flask(__name__)

# TODO(learn): answer GET / and GET /health, then listen on the port in PORT
