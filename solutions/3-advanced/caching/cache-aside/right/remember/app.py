"""A cache round a function: it knows nothing of prices, the function nothing of Redis. A failure is an exception, so it
passes by what is kept. The key is a digest of all arguments: of one length, whatever is in them; nobody can read it."""

import functools
import hashlib
import json
import os
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


def remembered(seconds):
    """Have Redis remember for SECONDS what a function returned for its arguments."""

    def around(function):
        @functools.wraps(function)
        def asked(*arguments):
            digest = hashlib.sha256(json.dumps(arguments).encode()).hexdigest()
            key = f"{function.__name__}:{digest}"
            found = attempt(cache.get, key)
            if found:
                return json.loads(found)
            value = function(*arguments)
            attempt(cache.setex, key, seconds, json.dumps(value))
            return value

        return asked

    return around


def attempt(command, *arguments):
    """What a command of Redis returns; None without a Redis."""
    try:
        return command(*arguments)
    except redis.RedisError as error:
        app.logger.warning("no cache: %s", error)
        return None


@remembered(seconds=60)
def price_of(city, nights, user):
    query = urlencode({"nights": nights})
    asked = urllib.request.Request(f"{ORIGIN}/prices/{city}?{query}", headers={"X-User": user})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        return json.load(answer)


@app.get("/prices/<city>")
def prices(city):
    return price_of(city, request.args.get("nights", ""), request.headers.get("X-User", ""))


@app.errorhandler(OSError)  # an answer that is none, no connection, or not in time
def origin_failed(error):
    return {"error": f"the origin fails: {error}"}, 502


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
