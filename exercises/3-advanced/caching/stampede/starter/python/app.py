import json
import os
import urllib.error
import urllib.request

import redis
from flask import Flask

ORIGIN = os.environ["ORIGIN_URL"]

app = Flask(__name__)
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
    key = f"report:{name}"
    text = cache.get(key)
    if text is None:
        # TODO(learn): one reader rebuilds it; the others, in all copies of the service, wait for what that brings
        report = ask_origin(name)
        if report is None:
            return {"error": "the origin fails"}, 502
        text = json.dumps(report)
        cache.set(key, text, ex=60)
    return json.loads(text)


app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
