import json


def score(client, player, points):
    """Add points to a player's total; returns the new total."""
    # TODO(learn): all in one text, read and written whole; which type of Redis does this in one command?
    totals = json.loads(client.get("totals") or "{}")
    totals[player] = totals.get(player, 0) + points
    client.set("totals", json.dumps(totals))
    return totals[player]


def leaders(client, count):
    """The players with the highest totals, best first, each as [player, total]."""
    # TODO(learn)
    return []


def visit(client, page, user):
    """Note that a user has seen a page."""
    # TODO(learn)


def visitors(client, page):
    """How many different users have seen a page."""
    # TODO(learn)
    return 0


def watch(client, user, film):
    """Note that a user has watched a film."""
    # TODO(learn)


def last_watched(client, user):
    """The ten films that a user watched last, the newest first."""
    # TODO(learn)
    return []
