"""Reads the total, and writes the new one."""


def score(client, player, points):
    total = (client.zscore("board", player) or 0) + points
    client.zadd("board", {player: total})
    return total


def leaders(client, count):
    return [[player, total] for player, total in client.zrevrange("board", 0, count - 1, withscores=True)]


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
