"""Functions on Redis: what they return, what they leave there, and what they send."""

from collections import Counter

import pytest

from runner.kit import not_yet
from runner.kit.learner import Failure

NAMES = ("ana", "bo", "chen", "dilara", "emil", "fay", "gus", "hana", "ivo", "jun")
PAGES = ("home", "news", "help", "shop")

KEPT = 10
"""Films of a user that are kept."""

MOST_COMMANDS = 4
"""Commands of one call."""

AT_ONCE = 16
"""Calls at the same time: two for each thread, of which the first begin at the same moment."""

MANY = 120
"""Entries with which a call must be as cheap as with a few."""

SIZES = {"list": "llen", "zset": "zcard", "set": "scard", "hash": "hlen", "stream": "xlen"}
"""The command that tells how many entries a key of each type holds."""


@pytest.fixture(autouse=True)
def nothing_there(redis):
    """Each check begins with an empty database."""
    redis.client.flushdb()


def test_leaders(learner, redis, rng):
    """leaders shows the highest totals, best first"""
    handle = redis.handle()
    assert learner.call("board:leaders", handle, 3) == [], "nobody has scored yet"
    totals = Counter()
    scores = [(name, rng.randint(1, 90)) for name in NAMES for _ in range(2)]
    rng.shuffle(scores)
    scores += [(name, 1000 * place) for place, name in enumerate(NAMES)]  # no two are equal: their order would be open
    results = sound(learner.call_many("board:score", [[handle, *each] for each in scores]))
    for (name, points), got in zip(scores, results, strict=True):
        totals[name] += points
        if got != totals[name]:
            call = learner.shown("board:score", [handle, name, points])
            not_yet(call=call, expected=f"{totals[name]}, the total of {name}", got=learner.literal(got))
    wanted = [[name, total] for name, total in totals.most_common()]
    count = rng.randint(3, 6)
    for shown in (count, len(NAMES) + 5):
        got = learner.call("board:leaders", handle, shown)
        assert got == wanted[:shown], why_leaders(got, wanted, shown)


def test_visitors(learner, redis, rng):
    """visitors counts each user once, page by page"""
    handle = redis.handle()
    page, other, never = rng.sample(PAGES, 3)
    seen = {page: rng.sample(NAMES, rng.randint(4, 7)), other: rng.sample(NAMES, 2)}
    visits = [[handle, each, user] for each, users in seen.items() for user in users]
    visits += rng.sample(visits, 4)
    rng.shuffle(visits)
    sound(learner.call_many("board:visit", visits))
    for each, users in {**seen, never: []}.items():
        got = learner.call("board:visitors", handle, each)
        times = sum(visit[1] == each for visit in visits)
        everywhere = len({user for visit in visits for user in visit[2:]})
        means = "each visit is counted; a user who comes again is no other user" if got == times else ""
        means = means or ("the pages share one count" if got == everywhere else "")
        assert got == len(users), means


def test_last_watched(learner, redis, rng):
    """last_watched shows ten films, newest first"""
    handle = redis.handle()
    user, other = rng.sample(NAMES, 2)
    films = [f"film-{number}" for number in rng.sample(range(1000), KEPT + 8)]
    before = 0
    for count in (1, 3, KEPT, KEPT + 1, len(films)):
        sound(learner.call_many("board:watch", [[handle, user, film] for film in films[before:count]]))
        before = count
        wanted = films[:count][::-1][:KEPT]
        got = learner.call("board:last_watched", handle, user)
        means = "these are in the order in which they were watched" if got == wanted[::-1] != wanted else ""
        means = means or ("the oldest are shown, not the newest" if got == films[:count][:KEPT] else "")
        assert got == wanted, means
    assert learner.call("board:last_watched", handle, other) == [], f"{other} has watched nothing"


def test_trimmed(learner, redis, rng):
    """no more than ten films of a user are stored"""
    handle = redis.handle()
    one = rng.choice(NAMES)
    watched = [[handle, one, f"film-{number}"] for number in range(3 * KEPT)]
    sound(learner.call_many("board:watch", watched))
    stored = {key: entries(redis, key) for key in redis.keys}
    if not stored:
        not_yet(expected="films in Redis", got="no key")
    for key, count in stored.items():
        if count > KEPT:
            not_yet(
                expected=f"at most {KEPT} entries after {len(watched)} films of {one}",
                got=f"{count} in the key {key}",
                means=f"one more than is shown: a range from 0 to {KEPT} holds {KEPT + 1}"
                if count == KEPT + 1
                else "what is not shown any more is kept all the same, and grows for ever",
                look=f"redis-cli {SIZES.get(redis.client.type(key), 'strlen')} {key}",
            )


def test_same_time(learner, redis, rng):
    """calls at the same time lose nothing"""
    handle = redis.handle()
    one, other = rng.sample(NAMES, 2)
    calls = [[handle, rng.choice([one, other]), rng.randint(1, 9)] for _ in range(AT_ONCE)]
    totals = Counter()
    for _, name, points in calls:
        totals[name] += points
    sound(learner.crowd("board:score", calls))
    wanted = [[name, total] for name, total in totals.most_common()]
    got = learner.call("board:leaders", handle, 2)
    if sorted(got if isinstance(got, list) else [], key=str) != sorted(wanted, key=str):
        lost = sum(totals.values()) - sum(shown_totals(got))
        means = f"{lost:g} points are lost: between the look and the write another scores too" if lost > 0 else ""
        not_yet(expected=learner.literal(wanted), got=learner.literal(got), means=means)
    users = [f"user-{number}" for number in range(AT_ONCE // 2)]
    sound(learner.crowd("board:visit", [[handle, "home", user] for user in users * 2]))
    assert learner.call("board:visitors", handle, "home") == len(users)
    films = [f"film-{number}" for number in range(KEPT)]
    sound(learner.crowd("board:watch", [[handle, one, film] for film in films]))
    got = learner.call("board:last_watched", handle, one)
    count = len(got) if isinstance(got, list) else 0
    means = f"{KEPT - count} of {KEPT} films are lost" if count < KEPT else ""
    assert sorted(got if isinstance(got, list) else [], key=str) == films, means


def test_budget(learner, redis, rng):
    """with many entries a call sends as few commands, and fetches only what it shows"""
    handle = redis.handle()
    one = rng.choice(NAMES)
    sound(learner.call_many("board:score", [[handle, f"player-{each}", each] for each in range(MANY)]))
    sound(learner.call_many("board:visit", [[handle, "home", f"user-{each}"] for each in range(MANY)]))
    sound(learner.call_many("board:watch", [[handle, one, f"film-{each}"] for each in range(MANY)]))
    for target, *args in (
        ("leaders", 8),
        ("visitors", "home"),
        ("last_watched", one),
        ("score", "player-7", 5),
        ("visit", "home", "user-7"),
        ("watch", one, "film-7"),
    ):
        with redis.commands() as sent:
            got = learner.call(f"board:{target}", handle, *args)
        names = [each.split()[0] for each in sent]
        if "KEYS" in names or "SCAN" in names:
            means = "it looks through all keys of the server, those of others too"
            not_yet(expected="commands on keys that it knows", got=", ".join(names[:6]), means=means)
        if len(sent) > MOST_COMMANDS:
            not_yet(expected=f"at most {MOST_COMMANDS} commands", got=f"{len(sent)}: {', '.join(names[:6])} …")
        for command in sent:
            demand_small(redis, command, got)


def demand_small(redis, command, returned):
    """Demand that what COMMAND fetches is about as much as what was RETURNED."""
    fetched = redis.answer_again(command)
    size = len(str(fetched))
    if size > 3 * len(str(returned)) + 200:
        many = f"{size} characters" if isinstance(fetched, str) else f"{len(fetched)} entries"
        not_yet(
            expected="only what it shows fetched from Redis",
            got=f"{command[:60]} fetches {many}",
            means="the whole is sent over the network for a small part of it; Redis can pick that by itself",
        )


def sound(results):
    """RESULTS, of which none may be an error."""
    for each in results:
        if isinstance(each, Failure):
            not_yet(expected="no error", got=str(each), where=each.where or None)
    return results


def entries(redis, key):
    """How many entries a key holds; of a text, how many films stand in it."""
    kind = redis.client.type(key)
    if kind in SIZES:
        return getattr(redis.client, SIZES[kind])(key)
    return redis.client.get(key).count("film-")


def shown_totals(rows):
    """The totals in what leaders returned, as far as there are any."""
    pairs = [row for row in rows if isinstance(row, list) and len(row) == 2] if isinstance(rows, list) else []
    return [row[1] for row in pairs if isinstance(row[1], int | float)]


def why_leaders(got, wanted, shown):
    """What a wrong leaderboard means, where it tells."""
    if got == wanted[::-1][:shown]:
        return "the lowest stand first"
    if got == wanted[: shown + 1]:
        return "one too many: a range of Redis ends with its last index"
    if got == [[name, str(total)] for name, total in wanted[:shown]]:
        return "the totals are texts; Redis answers texts, and numbers have to be made of them"
    if got == [name for name, _ in wanted[:shown]]:
        return "the totals are missing"
    return ""
