"""JWT_ALGORITHM is not read."""

import os

import jwt
from flask import Flask, request

app = Flask(__name__)

ALGORITHM = "HS256"
KEY = os.environ["JWT_KEY"]
ISSUER = os.environ["JWT_ISSUER"]
AUDIENCE = os.environ["JWT_AUDIENCE"]


def verified(token):
    """The claims of a good token; raises jwt.PyJWTError for any other."""
    return jwt.decode(
        token,
        KEY,
        algorithms=[ALGORITHM],
        issuer=ISSUER,
        audience=AUDIENCE,
        options={"require": ["exp", "iss", "aud", "sub"]},
    )


@app.get("/me")
def me():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return {"error": "a token is needed"}, 401
    try:
        claims = verified(token)
    except jwt.PyJWTError:
        return {"error": "this token is not good"}, 401
    return {"user": claims["sub"]}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
