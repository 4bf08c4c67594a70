"""All totals in one text that is read, changed and written whole."""

import json


def score(client, player, points):
    totals = json.loads(client.get("board") or "{}")
    totals[player] = totals.get(player, 0) + points
    client.set("board", json.dumps(totals))
    return totals[player]


def leaders(client, count):
    totals = json.loads(client.get("board") or "{}")
    return [[player, totals[player]] for player in sorted(totals, key=totals.get, reverse=True)[:count]]


def visit(client, page, user):
    client.sadd(f"visitors:{page}", user)


def visitors(client, page):
    return client.scard(f"visitors:{page}")


def watch(client, user, film):
    with client.pipeline(transaction=True) as both:
        both.lpush(f"watched:{user}", film)
        both.ltrim(f"watched:{user}", 0, 9)
        both.execute()


def last_watched(client, user):
    return client.lrange(f"watched:{user}", 0, -1)
