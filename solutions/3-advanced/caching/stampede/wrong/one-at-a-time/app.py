import json
import os
import threading
import time
import urllib.error
import urllib.request
import uuid

import redis
from flask import Flask

ORIGIN = os.environ["ORIGIN_URL"]
HELD_MS = 2000
"""Longer than a rebuild takes; as long as a death is waited for."""

FREE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"

app = Flask(__name__)
ALONE = threading.Lock()  # spares Redis the copy's own crowd
cache = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def ask_origin(name):
    """The report, as the origin makes it; None if it fails."""
    try:
        with urllib.request.urlopen(f"{ORIGIN}/reports/{name}", timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        return None


@app.get("/reports/<name>")
def reports(name):
    with ALONE:
        return report_of(name)


def report_of(name):
    key, lock, token = f"report:{name}", f"lock:{name}", uuid.uuid4().hex
    while (text := cache.get(key)) is None:
        if cache.set(lock, token, nx=True, px=HELD_MS):
            try:
                text = rebuilt(name, key)
            finally:
                cache.eval(FREE, 1, lock, token)
            break
        time.sleep(0.02)
    if text is None:
        return {"error": "the origin fails"}, 502
    return json.loads(text)


def rebuilt(name, key):
    """The report as text; the one who had the lock before may have left it. None if the origin fails."""
    text = cache.get(key)
    if text is None and (report := ask_origin(name)) is not None:
        text = json.dumps(report)
        cache.set(key, text, ex=60)
    return text


app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
