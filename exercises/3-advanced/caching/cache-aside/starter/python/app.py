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
# Without a Redis each command fails at once, with redis.RedisError; a connection is made anew when it is needed.
cache = redis.Redis.from_url(
    os.environ["REDIS_URL"], decode_responses=True, socket_timeout=0.5, retry=Retry(NoBackoff(), 0)
)


def ask_origin(city, nights, user):
    """The status of the origin's answer, and its data where that is 200."""
    query = urlencode({"nights": nights})
    asked = urllib.request.Request(f"{ORIGIN}/prices/{city}?{query}", headers={"X-User": user})
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as failure:
        return failure.code, None


@app.get("/prices/<city>")
def prices(city):
    nights, user = request.args.get("nights", ""), request.headers.get("X-User", "")
    # TODO(learn): look into Redis first, and keep there what the origin says
    status, price = ask_origin(city, nights, user)
    if status != 200:
        return {"error": "the origin fails"}, 502
    return price


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
