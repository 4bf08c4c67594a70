"""A cache between a service and its origin: how often the origin is asked, and what when one of the two fails."""

import itertools
import time
from dataclasses import dataclass, replace

import pytest

from runner.kit import not_yet
from runner.kit.api import same
from runner.kit.outcomes import RanTooLong

CITIES = ("oslo", "lima", "turin", "perth", "quito")
USERS = ("ana", "bo", "chen", "dilara", "emil")

LIVES = 60
"""Seconds that an entry lives."""

LEEWAY = 5
"""Seconds that it may live less: who spreads expiries means well."""

WITHOUT_REDIS = 2.0
"""Seconds that a read may take without Redis."""

BACK_LIMIT = 3.0
"""Seconds within which a service finds that Redis is back; the starter looks every 0.1 s."""

DOZENS = itertools.count(1)
"""For numbers of nights that no other check asks for."""

MONITOR = "redis-cli monitor   while you read twice"


@dataclass(frozen=True)
class Price:
    """What a client asks for."""

    city: str
    nights: int
    user: str

    @property
    def target(self):
        """Path and query, here and at the origin."""
        return f"/prices/{self.city}?nights={self.nights}"

    def __str__(self):
        return f"{self.target} for {self.user}"


@pytest.fixture(autouse=True)
def nothing_kept(redis):
    """Each check begins with an empty cache."""
    redis.client.flushdb()


def test_relays(api, origin, rng):
    """a read answers what the origin says"""
    price = drawn(rng)
    reply = read(api, price)
    call = only_call(origin, reply.status(200), price)
    if (call.target, call.headers.get("x-user")) != (price.target, price.user):
        got = f"{call.target} with X-User: {call.headers.get('x-user')}"
        raise reply.not_yet(f"the origin asked for {price.target} with X-User: {price.user}", got)
    reply.status(200).equals(call.answer)


def test_cached(api, origin, redis, rng):
    """ten reads ask the origin once, in all copies of the service together"""
    price = drawn(rng)
    call = only_call(origin, read(api, price).status(200), price)
    for copy, which in ((api, ""), (api.start(), " of another copy")):
        for number in range(2 if copy is api else 1, 6):
            reply = read(copy, price).status(200)
            if len(origin.calls) > 1:
                empty = "" if redis.keys else "; Redis holds no key"
                means = "what one copy keeps in its memory, the others do not see; Redis is for all" if which else ""
                got = f"read {number}{which} made call 2{empty}"
                not_yet(expected="1 call to the origin", got=got, means=means, look=MONITOR)
            reply.equals(call.answer)


def test_expires(api, origin, redis, rng):
    """an entry lives 60 seconds, however often it is read"""
    price = drawn(rng)
    only_call(origin, read(api, price).status(200), price)
    demand_expiry(redis)
    half = LIVES // 2
    for key in redis.keys:
        redis.client.expire(key, half)
    read(api, price).status(200)
    for key, left in redis.seconds_left().items():
        if left is None or left > half:
            not_yet(
                expected=f"{half} s left, as before the read",
                got="no expiry" if left is None else f"{left:.0f} s left",
                means="each read makes the entry live longer, so a price that is read often is never fetched again",
                look=f"redis-cli ttl {key}   before and after a read",
            )
    redis.expire_now(*redis.keys)
    before = len(origin.calls)
    reply = read(api, price).status(200)
    if len(origin.calls) == before:
        old = same(reply.json(), origin.calls[0].answer)
        means = "the entry expired in Redis, and the service keeps it elsewhere too" if old else ""
        raise reply.not_yet("the origin asked again after expiry", f"no call; {reply.shown()}", means)
    reply.equals(origin.calls[-1].answer)
    read(api, price).status(200)
    if len(origin.calls) != before + 1:
        not_yet(expected="1 call to the origin in two reads after expiry", got=f"{len(origin.calls) - before} calls")


def test_own_entries(api, origin, rng):
    """another city, number of nights or user has an entry of its own"""
    price = drawn(rng)
    others = {
        "": price,
        "city": replace(price, city=rng.choice([each for each in CITIES if each != price.city])),
        "number of nights": replace(price, nights=price.nights + 1),
        "user": replace(price, user=rng.choice([each for each in USERS if each != price.user])),
    }
    for name, each in others.items():
        before = origin.calls
        reply = read(api, each).status(200)
        if len(origin.calls) == len(before):
            whose = next((call for call in before if reply.text and same(call.answer, reply.json())), None)
            got = f"what belongs to {told(whose)}" if whose else reply.shown()
            means = f"the key does not tell one {name} from another" if whose else ""
            raise reply.not_yet(f"the price of {each}", got, means)
        reply.equals(origin.calls[-1].answer)
    before = origin.calls
    for each, call in zip(others.values(), before, strict=True):
        reply = read(api, each).status(200)
        if len(origin.calls) > len(before):
            raise reply.not_yet(f"the entry of {each}, still there", "the origin was asked again")
        reply.equals(call.answer)


def test_failures(api, origin, rng):
    """when the origin fails, the answer is 502 and nothing is kept"""
    kept, failed = drawn(rng), drawn(rng)
    read(api, kept).status(200)
    origin.fail(rng.choice([500, 503]))
    read(api, failed).status(502)
    read(api, kept).status(200, means="this price is in the cache; nobody needs the origin for it")
    origin.recover()
    before = len(origin.calls)
    reply = read(api, failed)
    if len(origin.calls) == before:
        means = "the failure was kept: the origin is well again, and for a minute nobody asks it"
        raise reply.not_yet("the price; the origin is well again", reply.shown(), means)
    reply.status(200).equals(origin.calls[-1].answer)


def test_without_redis(api, origin, redis, rng):
    """with Redis stopped reads answer 200 within 2 s; once it is back, they are cached again"""
    price = drawn(rng)
    read(api, price).status(200)
    redis.stop()
    for _ in range(2):
        reply = read_without_redis(api, price)
        if not any(same(reply.json(), call.answer) for call in origin.calls):
            raise reply.not_yet("a price that the origin gave", reply.shown())
    redis.start()
    limit = time.monotonic() + BACK_LIMIT
    while asks(api, origin, price):
        if time.monotonic() > limit:
            not_yet(
                expected=f"reads that are cached, {BACK_LIMIT:.0f} s after Redis is back",
                got="each of them asks the origin",
                means="after the failure the service goes on without Redis",
            )
        time.sleep(0.01)


def drawn(rng):
    """A price that nobody has asked for yet."""
    return Price(rng.choice(CITIES), 12 * next(DOZENS) + rng.randrange(11), rng.choice(USERS))


def read(asked, price, **options):
    """The answer of the service, or of one copy of it, about PRICE."""
    return asked.get(price.target, headers={"X-User": price.user}, **options)


def read_without_redis(api, price):
    """The answer while Redis is stopped, which must be 200 and in time."""
    try:
        reply = read(api, price, timeout=WITHOUT_REDIS)
    except RanTooLong as outcome:
        outcome.add([("means", "the read waits for Redis; a cache that is down counts as one that is empty")])
        raise
    return reply.status(200, means="a cache only saves time; a read that can do without it should")


def only_call(origin, reply, price):
    """The call that the first read of PRICE made, which must be there."""
    if not origin.calls:
        raise reply.not_yet(f"the origin asked for {price.target}", f"it was not asked; {reply.shown()}")
    return origin.calls[0]


def asks(api, origin, price):
    """Whether the second of two reads still asks the origin."""
    read(api, price).status(200)
    before = len(origin.calls)
    read(api, price).status(200)
    return len(origin.calls) > before


def demand_expiry(redis):
    """Demand that something in Redis has the expiry of the contract, and nothing a longer one."""
    found = redis.seconds_left()
    if not found:
        not_yet(expected="an entry in Redis", got="no key", look=MONITOR)
    key = max(found, key=lambda each: found[each] or 0)  # what else is there, such as a count of hits, is left alone
    left = found[key]
    if left is None:
        not_yet(
            expected=f"the key {key} to live {LIVES} s",
            got="it has no expiry",
            means="an entry without an expiry is the price of today for ever",
            look=f"redis-cli ttl {key}",
        )
    if not LIVES - LEEWAY < left <= LIVES:
        not_yet(
            expected=f"the key {key} to live {LIVES} s",
            got=f"{left:.0f} s" if left >= 1 else f"{left:g} s",
            look=f"redis-cli ttl {key}",
        )


def told(call):
    """Whom the answer of CALL was for."""
    return f"{call.target} for {call.headers.get('x-user')}"
