"""Two copies of a service whose cached report has expired: how often the origin is asked, and what a lock does.

Each copy has a door to Redis and an address of the origin of its own: what it sends can be held between any two of its
commands, while the other goes on. So what happens by chance once in a hundred times happens here in every run.
"""

import itertools
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from runner.kit import not_yet
from runner.kit.api import Instance, UnderWay, same

READERS = 25
"""For each of the two copies."""

WINDOW = (0.3, 0.6)
"""Seconds for which the origin holds its first answer, at least and at most: below the second that it may take."""

IN_TIME = 0.9
"""Seconds within which the origin must be asked when nothing is in the way; no lock may run out sooner than in 1 s."""

RECOVERS = 3.0
"""Seconds within which another reader takes over."""

LIVES = 60
"""Seconds that an entry lives."""

LEEWAY = 5
"""Seconds that it may live less."""

LIMIT = 5.0
"""Seconds to wait for what takes milliseconds on an idle machine."""

QUIET = 0.3
"""Seconds without a command after which a reader waits for something else than an answer of Redis."""

LOOKS = 5
"""Commands after which one has surely tried to get the lock, and looks again and again."""

MOST_COMMANDS = 24
"""Commands of one read at most between which the other copy comes in."""

MONITOR = "redis-cli monitor   while you reload both ports"


@dataclass(frozen=True)
class Copy:
    """One copy of the service."""

    name: str
    instance: Instance

    def read(self, path, **options):
        """The answer about the report at PATH."""
        return self.instance.get(path, **options)

    def begin(self, path, readers=1):
        """READERS that ask at once, and are not waited for."""
        return self.instance.begin([("GET", path, {})] * readers)


RUNNING = {}
"""The copies by name; one that was killed is started anew."""

LATE = []
"""Rebuilds by readers of the crowd that came after the first had ended: by chance, and told once their cause is looked
for where chance has no part."""

NUMBERS = itertools.count(1)

WORDS = ("sales", "stock", "staff", "trips", "rents")


@pytest.fixture
def copies(api, redis, origin):
    """The copies A and B, with nothing in the cache."""
    redis.client.flushdb()
    return running(api, redis, origin)


def test_cached(copies, origin, redis, rng):
    """a report is cached for 60 seconds, for both copies"""
    path = drawn(rng)
    first = copies[0].read(path).status(200)
    if not origin.calls:
        raise first.not_yet(f"the origin asked for {path}", f"it was not asked; {first.shown()}")
    if origin.calls[0].target != path:
        raise first.not_yet(f"the origin asked for {path}", f"it was asked for {origin.calls[0].target}")
    for copy in copies:
        copy.read(path).status(200).equals(origin.calls[0].answer)
    demand_one_call(origin)
    left = redis.seconds_left()
    if not left:
        not_yet(expected="the report in Redis", got="no key", look=MONITOR)
    key = max(left, key=lambda each: left[each] or 0)  # what else there is may live for a shorter time, or for ever
    if not LIVES - LEEWAY < (left[key] or 0) <= LIVES:
        got = "no expiry" if left[key] is None else f"{left[key]:.0f} s"
        not_yet(expected=f"the key {key} to live {LIVES} s", got=got, look=f"redis-cli ttl {key}")


def test_one_rebuild(copies, origin, redis, rng):
    """50 readers of two copies cause one rebuild, and all get what it brought"""
    path = drawn(rng)
    for copy in copies:
        copy.read(path).status(200)
    redis.expire_now(*redis.keys)
    before = len(origin.calls)
    origin.hold()
    began = time.monotonic()
    readers = [copy.begin(path, READERS) for copy in copies]
    origin.wait_for(before + 1, LIMIT)
    least, most = WINDOW
    if origin.wait_for(before + 2, min(max(least, 2 * (time.monotonic() - began)), most)):
        origin.wait_for(before + 2 * READERS, least)  # so that the message tells all of it
    calls = origin.calls[before:]
    origin.recover()
    replies = [reply.status(200) for each in readers for reply in each.replies()]
    if len(calls) != 1:
        not_yet(expected="1 call to the origin", got=told(calls), means=why_many(calls), look=MONITOR)
    LATE.extend(origin.calls[before + 1 :])
    for reply in replies:
        if not any(same(reply.json(), call.answer) for call in origin.calls[before:]):
            reply.equals(calls[0].answer)


def test_looks_again(copies, origin, redis, rng):
    """who gets the lock after a rebuild uses what it brought"""
    quick, late = copies
    for after in range(1, MOST_COMMANDS):
        path = drawn(rng)
        redis.client.flushdb()
        before = len(origin.calls)
        door = redis.door(late.name)
        door.hold(after)
        with redis.commands() as commands:
            waiting = late.begin(path)
            until(lambda door=door, waiting=waiting: door.held() or waiting.done)
        if waiting.done or redis.keys:  # it has rebuilt the report, or is about to: the one with the lock
            door.restore()
            waiting.replies()
            return
        quick.read(path).status(200)
        door.restore()
        (reply,) = waiting.replies()
        calls = origin.calls[before:]
        if len(calls) != 1:
            looked = commands[-1].split()[0] if commands else "a look into Redis"
            not_yet(
                expected="1 call to the origin",
                got=f"copy {late.name} does {looked}; copy {quick.name} rebuilds; then copy {late.name} rebuilds again",
                means="it looked before it had the lock, and not after; meanwhile the report was rebuilt",
            )
        reply.status(200).equals(calls[0].answer)


def test_keeps_first(copies, origin, redis, rng):
    """the report is cached before the lock is free"""
    slow, other = copies
    for stop in stops_after_rebuild(slow, origin, redis, rng):
        if not stop.new_keys():
            before = len(origin.calls)
            origin.recover()
            other.read(stop.path).status(200)
            if len(origin.calls) > before:
                not_yet(
                    expected="1 call to the origin",
                    got=f"copy {slow.name} {did(stop.commands)}; now copy {other.name} rebuilds the report again",
                    means="the lock is free, and the report is not in the cache yet",
                    look=MONITOR,
                )
        redis.door(slow.name).restore()
        stop.reader.wait()
    if LATE:
        not_yet(
            expected="1 call to the origin for the 50 readers",
            got=f"{len(LATE) + 1} calls, the later ones after the first was answered",
        )


def test_apart(copies, origin, rng):
    """no report waits for another"""
    for copy in reversed(copies):
        one, other = drawn(rng), drawn(rng)
        origin.hold(1)
        before = len(origin.calls)
        waiting = copies[0].begin(one)
        origin.wait_for(before + 1, LIMIT)
        apart = copy.begin(other)
        asked = origin.wait_for(before + 2, IN_TIME)
        origin.recover()
        for each in (waiting, apart):
            each.wait()
        if not asked:
            means = "all reports share one lock" if copy != copies[0] else "the copy does one report after the other"
            not_yet(
                expected=f"the origin asked for {other} by copy {copy.name} within {IN_TIME} s",
                got=f"it was not, while copy {copies[0].name} rebuilt {one}",
                means=means if len(origin.calls) > before + 1 else "",
            )
        for reply in (*waiting.replies(), *apart.replies()):
            reply.status(200)


def test_failed(copies, origin, redis, rng):
    """a failed rebuild answers 502, and the next read asks the origin at once"""
    path = drawn(rng)
    origin.fail(rng.choice([500, 503]))
    copies[0].read(path).status(502)
    origin.recover()
    left = redis.seconds_left()
    before = len(origin.calls)
    again = copies[1].begin(path)
    asked = origin.wait_for(before + 1, IN_TIME)
    (reply,) = again.replies()
    if not asked:
        locks = ", ".join(f"{key} {lasts(seconds)}" for key, seconds in left.items())
        means = f"after the failure there is still: {locks}" if locks else ""
        raise reply.not_yet(f"the origin asked again within {IN_TIME} s", "it was not", means)
    reply.status(200).equals(origin.calls[-1].answer)


def test_owner(copies, origin, redis, rng):
    """a lock that ran out is left to its next holder; both readers get 200"""
    slow, other = copies
    for stop in stops_after_rebuild(slow, origin, redis, rng):
        before = len(origin.calls)
        redis.expire_now(*stop.new_keys())
        second = other.begin(stop.path)
        origin.wait_for(before + 1, LIMIT)
        locks = stop.new_keys()
        if not locks:
            not_yet(expected=f"a lock in Redis while copy {other.name} rebuilds", got="no key", look=MONITOR)
        for key in locks:
            redis.client.expire(key, LIVES)  # however long this check takes
        redis.door(slow.name).restore()
        stop.reader.wait()
        slow.read(stop.known).status(200)  # comes behind whatever it sends after its answer
        gone = [key for key in locks if key not in redis.keys]
        origin.recover()
        second.wait()
        (late,) = stop.reader.replies()
        if gone:
            raise late.not_yet(
                f"the key {gone[0]}, the lock of copy {other.name}, still there",
                f"copy {slow.name} {did(stop.commands)}; its lock runs out; copy {other.name} takes it; "
                f"copy {slow.name} deletes it",
                why_freed(stop.commands, gone[0]),
            )
        late.status(200, means="the report was made; that the lock ran out meanwhile is no failure of the read")
        for reply in second.replies():
            reply.status(200)


def test_killed(api, copies, origin, redis, rng):
    """another copy takes over within 3 s from one that is killed"""
    dying, other = copies
    path = begun_until_locked(dying, redis, rng)
    before = len(origin.calls)
    kill(dying, redis)
    demand_takeover(dying, other, other.begin(path), before, origin, redis, "as soon as it had the lock")
    dying, other = running(api, redis, origin)
    redis.client.flushdb()
    path = drawn(rng)
    origin.hold()
    before = len(origin.calls) + 1
    dying.begin(path)
    origin.wait_for(before, LIMIT)
    waiting = begun_and_refused(other, path, redis.door(other.name))
    kill(dying, redis)
    origin.recover()
    demand_takeover(dying, other, waiting, before, origin, redis, "while it rebuilt")


def running(api, redis, origin):
    """The copies A and B, each with connections of its own; one that is dead is started anew."""
    for name in ("A", "B"):
        if name not in RUNNING or RUNNING[name].instance.service.process.poll() is not None:
            RUNNING[name] = Copy(name, api.start(REDIS_URL=redis.url_by(name), ORIGIN_URL=origin.url_for(name)))
    return RUNNING["A"], RUNNING["B"]


@dataclass
class Stop:
    """A copy that has the origin's answer and is stopped before its next command.

    Args:
        path: the report that it rebuilds.
        reader: the request to it that is under way.
        commands: what it has sent to Redis since the origin answered.
        known: the path of a report that is in the cache.
        new_keys: tells the keys in Redis that have come with this rebuild.
    """

    path: str
    reader: UnderWay
    commands: list[str]
    known: str
    new_keys: Callable[[], list[str]]


def stops_after_rebuild(copy, origin, redis, rng):
    """One rebuild after the other by COPY, stopped before its first, second ... command after the origin's answer.

    The origin holds whatever else comes. Who takes a stop lets the copy go on.
    """
    door = redis.door(copy.name)
    for after in range(MOST_COMMANDS):
        origin.recover()
        redis.client.flushdb()
        path, known = drawn(rng), drawn(rng)
        copy.read(known).status(200)
        kept = redis.keys
        before = len(origin.calls)
        origin.hold()
        reader = copy.begin(path)
        origin.wait_for(before + 1, LIMIT)
        door.hold(after)
        with redis.commands() as commands:
            origin.release(1)
            until(lambda reader=reader: door.held() or reader.done)
        if not door.held():  # it has sent all that it sends
            return
        yield Stop(path, reader, commands, known, lambda kept=kept: [each for each in redis.keys if each not in kept])


def begun_until_locked(copy, redis, rng):
    """The path of a report whose lock COPY has just taken, and no more: its next command is held."""
    door = redis.door(copy.name)
    for after in range(1, MOST_COMMANDS):
        path = drawn(rng)
        door.hold(after)
        reader = copy.begin(path)
        until(lambda reader=reader: door.held() or reader.done)
        if redis.keys:
            return path
        door.restore()
        reader.wait()
        redis.client.flushdb()
    return path


def kill(copy, redis):
    """End COPY by SIGKILL; what it was about to send never comes to Redis."""
    copy.instance.service.kill()
    door = redis.door(copy.name)
    door.refuse()
    door.restore()


def demand_takeover(dead, other, waiting, before, origin, redis, when):
    """Demand that a reader of OTHER, which is WAITING, asks the origin once more than BEFORE, for the DEAD copy."""
    left = redis.seconds_left()
    soon = [key for key, seconds in left.items() if seconds is not None and seconds <= RECOVERS]
    redis.expire_now(*soon)
    if not origin.wait_for(before + 1, RECOVERS):
        locks = [f"the key {key} {lasts(seconds)}" for key, seconds in left.items() if key not in soon]
        not_yet(
            expected=f"copy {dead.name} killed {when}; then copy {other.name} asks the origin within {RECOVERS:.0f} s",
            got="; ".join(["it does not", *locks]),
            means=why_stuck(locks, None in left.values(), soon),
        )
    (reply,) = waiting.replies()
    reply.status(200).equals(origin.calls[-1].answer)


def drawn(rng):
    """The path of a report that nobody has asked for yet."""
    return f"/reports/{rng.choice(WORDS)}-{next(NUMBERS)}"


def until(condition):
    """Wait until CONDITION is true, for as long as a request may take."""
    limit = time.monotonic() + LIMIT
    while not condition() and time.monotonic() < limit:
        time.sleep(0.001)


def begun_and_refused(copy, path, door):
    """A reader of COPY that has found no report and tried to get the lock, which another has."""
    door.hold(1)
    reader = copy.begin(path)
    door.held(LIMIT)
    door.hold(LOOKS)
    door.held(QUIET)
    door.restore()
    return reader


def demand_one_call(origin):
    """Demand that the origin was asked once in this check."""
    if len(origin.calls) != 1:
        not_yet(expected="1 call to the origin", got=told(origin.calls))


def did(commands):
    """What a copy did since the origin answered, in words."""
    names = [each.split()[0] for each in commands]
    return f"does {', '.join(names)}" if names else "has its answer of the origin"


def told(calls):
    """How many calls there were, how far apart, and whose."""
    by = Counter(call.by for call in calls)
    whose = f" ({', '.join(f'copy {name} {by[name]}' for name in sorted(by))})" if by and "" not in by else ""
    apart = f", {calls[-1].came_ms - calls[0].came_ms:.0f} ms apart" if len(calls) > 1 else ""
    return f"{len(calls)} calls{apart}{whose}"


def why_many(calls):
    """What several calls at once mean, where it tells."""
    by = Counter(call.by for call in calls)
    if len(calls) < 2 or "" in by:
        return ""
    if max(by.values()) == 1:
        return "the lock lives inside one process; the other copy cannot see it"
    return "readers go to the origin while another is there for the same report"


def why_stuck(locks, forever, soon):
    """What it means that nobody took over."""
    if locks:
        return "a lock without an expiry outlives its holder for ever" if forever else "the lock outlives its holder"
    return "the lock has run out, and those who wait do not try to get it" if soon else ""


def why_freed(commands, lock):
    """What it means that the LOCK of another was freed, after the COMMANDS of the one that freed it."""
    looked = [each for each in commands if each.split()[0] == "GET" and lock in each.split()]
    if looked:
        return "between the look whose lock it is and DEL it can change hands; both must be one step"
    return "" if commands else "it deletes the lock without a look whose it is by now"


def lasts(seconds):
    """How long a key lives yet, in words."""
    return "has no expiry" if seconds is None else f"lives {seconds:.1f} s yet"
