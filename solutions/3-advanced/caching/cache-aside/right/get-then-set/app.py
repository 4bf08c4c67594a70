"""One text under one key: GET, and SET with its expiry in the same command. Whatever Redis fails at counts as a miss."""

import contextlib
import json
import os
import urllib.error
import urllib.request
from urllib.parse import urlencode

import redis
from flask import Flask, request
from redis.backoff import NoBackoff
from redis.retry import Retry

ORIGIN = os.environ["ORIGIN_URL"]

app = Flask(__name__)
cache = redis.Redis.from_url(
    os.environ["REDIS_URL"], decode_responses=True, socket_timeout=0.5, retry=Retry(NoBackoff(), 0)
)


def ask_origin(city, nights, user):
    """The status of the origin's answer, and its data where that is 200; no status where no answer comes."""
    query = urlencode({"nights": nights})
    asked = urllib.request.Request(f"{ORIGIN}/prices/{city}?{query}", headers={"X-User": user})
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as failure:
        return failure.code, None
    except OSError:
        return None, None


def kept(key):
    try:
        return cache.get(key)
    except redis.RedisError:
        return None  # as if nothing were there


def keep(key, text):
    with contextlib.suppress(redis.RedisError):
        cache.set(key, text, ex=60)


@app.get("/prices/<city>")
def prices(city):
    nights, user = request.args.get("nights", ""), request.headers.get("X-User", "")
    key = f"price:{city}:{nights}:{user}"
    text = kept(key)
    if text is not None:
        return json.loads(text)
    status, price = ask_origin(city, nights, user)
    if status != 200:  # a failure is never kept: the origin may be well again in a second
        return {"error": "the origin fails"}, 502
    keep(key, json.dumps(price))
    return price


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
