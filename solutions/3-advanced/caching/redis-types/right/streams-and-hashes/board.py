"""Other types do it too: a hash has each field once, and could hold when the user came first; a stream has its length in
the command that adds, and keeps the time of each entry. Both take more memory for that."""

import time


def score(client, player, points):
    return int(client.zincrby("totals", points, player))


def leaders(client, count):
    rows = client.zrange("totals", "+inf", "-inf", desc=True, byscore=True, offset=0, num=count, withscores=True)
    return [[player, int(total)] for player, total in rows]


def visit(client, page, user):
    client.hsetnx(f"page:{page}", user, int(time.time()))


def visitors(client, page):
    return client.hlen(f"page:{page}")


def watch(client, user, film):
    client.xadd(f"films:{user}", {"film": film}, maxlen=10, approximate=False)


def last_watched(client, user):
    return [entry["film"] for _, entry in client.xrevrange(f"films:{user}", count=10)]
