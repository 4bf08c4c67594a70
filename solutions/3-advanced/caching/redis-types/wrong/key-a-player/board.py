"""A key for each player, found by KEYS."""


def score(client, player, points):
    return client.incrby(f"board:{player}", points)


def leaders(client, count):
    keys = client.keys("board:*")
    totals = [[key.removeprefix("board:"), int(total)] for key, total in zip(keys, client.mget(keys) if keys else [])]
    return sorted(totals, key=lambda row: row[1], reverse=True)[:count]


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
