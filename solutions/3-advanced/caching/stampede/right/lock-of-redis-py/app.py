"""The lock that redis-py brings along: a random token, an expiry and a script, as one would write them. What is left to
do: look again once it is held, and expect that it ran out meanwhile."""

import contextlib
import json
import os
import urllib.error
import urllib.request

import redis
from flask import Flask
from redis.exceptions import LockError

ORIGIN = os.environ["ORIGIN_URL"]

app = Flask(__name__)
cache = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


class OriginFails(Exception):
    """The origin did not make the report."""


@app.errorhandler(OriginFails)
def origin_fails(error):
    return {"error": "the origin fails"}, 502


def ask_origin(name):
    """The report, as the origin makes it."""
    try:
        with urllib.request.urlopen(f"{ORIGIN}/reports/{name}", timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise OriginFails from error


@app.get("/reports/<name>")
def reports(name):
    text = cache.get(f"report:{name}")
    return json.loads(text) if text else rebuilt(name)


def rebuilt(name):
    lock = cache.lock(f"lock:{name}", timeout=2, sleep=0.02)
    lock.acquire()
    try:
        text = cache.get(f"report:{name}")
        if text:
            return json.loads(text)
        report = ask_origin(name)
        cache.set(f"report:{name}", json.dumps(report), ex=60)
        return report
    finally:
        with contextlib.suppress(LockError):  # it ran out, and may be another's: nothing to free
            lock.release()


app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
