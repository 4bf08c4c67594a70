"""Shows ten of a list that grows."""


def score(client, player, points):
    return client.zincrby("board", points, player)


def leaders(client, count):
    return [[player, total] for player, total in client.zrevrange("board", 0, count - 1, withscores=True)]


def visit(client, page, user):
    client.sadd(f"visitors:{page}", user)


def visitors(client, page):
    return client.scard(f"visitors:{page}")


def watch(client, user, film):
    client.lpush(f"watched:{user}", film)


def last_watched(client, user):
    return client.lrange(f"watched:{user}", 0, 9)
