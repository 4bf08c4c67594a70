"""The two ends of a service's life: a start with bad settings, and SIGTERM while a request is at work."""

import errno
import hashlib
import hmac
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

from runner.kit import not_yet
from runner.kit.process import how_it_ended

PATIENCE = 2.0
WORK = (150, 1500)
"""Milliseconds that the request at work takes; the longer time is for a busy machine that missed the shorter."""

SHORTEST = 16
"""Characters of the shortest secret that will do."""

BEGUN = 0.05
"""Seconds after the line "working" in which the server's main thread is back at waiting, on a busy machine too."""


def test_signs(api, rng):
    """GET /sign uses the given secret"""
    text = f"order {rng.randrange(10_000)}"
    reply = running(api, rng).get("/sign", params={"text": text})
    reply.status(200).equals({"signature": hmac_of(api.extra["SECRET_KEY"], text)})


def test_needs_its_secret(api, rng):
    """without SECRET_KEY it exits within 2 s, not with 0, and names it"""
    service, _, _ = faulty(api, rng)
    wanted = "an exit within 2 s, with a status other than 0, and SECRET_KEY in what it prints"
    code = ended(service, wanted, "what does it sign with now? a secret in the code is known to all who read it")
    if code == 0:
        not_yet(
            expected=wanted,
            got="exit status 0",
            means="0 tells the platform that all went well",
            command=service.command,
            stderr=service.last_lines(),
        )
    named(service, wanted, code, "SECRET_KEY")


def test_names_all_faults(api, rng):
    """all settings at fault are named in one start"""
    _, service, short = faulty(api, rng)
    wanted = "an exit within 2 s, with a status other than 0, and both SECRET_KEY and WORK_MS in what it prints"
    code = ended(service, wanted, "")
    if code == 0:
        not_yet(expected=wanted, got="exit status 0", command=service.command, stderr=service.last_lines())
    named(service, wanted, code, "SECRET_KEY", "WORK_MS")
    if short in service.log():
        not_yet(
            expected="no secret in the output",
            got=line_with(service, short),
            means="a secret that is refused is often the right one with a slip; name it, do not show it",
            command=service.command,
        )


def test_secret_stays_secret(api, rng):
    """the secret is never printed"""
    service = running(api, rng).service
    if api.extra["SECRET_KEY"] in service.log():
        not_yet(
            expected="no secret in the output",
            got=line_with(service, api.extra["SECRET_KEY"]),
            means="logs are copied, searched and read by many; whoever reads this line can sign",
            command=service.command,
        )


def test_finishes_its_work(api, rng):
    """at SIGTERM new connections are refused, the request at work gets its 200"""
    for number, duration in enumerate(WORK):
        last = number == len(WORK) - 1
        instance = running(api, rng) if number == 0 else api.start(WORK_MS=str(duration))
        if drained(instance, last):
            return


def test_ends_well(api, rng):
    """then it exits with 0 within 2 s"""
    service = finished(api)
    limit = time.monotonic() + PATIENCE
    while service.process.poll() is None and time.monotonic() < limit:
        time.sleep(0.005)
    code = service.process.poll()
    if code != 0:
        not_yet(
            expected="exit status 0 within 2 s after the last answer to SIGTERM",
            got="still running" if code is None else how_it_ended(code),
            means="another status than 0 tells the platform that something went wrong" if code is not None else "",
            command=service.command,
            stderr=service.last_lines(),
        )
    if api.extra["SECRET_KEY"] in service.log():
        not_yet(
            expected="no secret in the output",
            got=line_with(service, api.extra["SECRET_KEY"]),
            command=service.command,
        )


def drained(instance, last):
    """SIGTERM while a request is at work; False if all was well but the end of listening was not seen in time."""
    service = instance.service
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(instance.get, "/work")
        until(lambda: "working" in service.log() or pending.done())
        time.sleep(BEGUN)
        at_work = "working" in service.log() and not pending.done()
        service.send(signal.SIGTERM)
        refused = False
        while not refused and not pending.done():
            refused = knock(instance.port) == errno.ECONNREFUSED
            time.sleep(0.01)
        failure = pending.exception()
    if isinstance(failure, Exception):
        raise failure
    if failure is not None:
        rows = dict(failure.rows)
        broke = "broke" in rows.get("got", "") or "ended" in rows.get("got", "")
        not_yet(
            command=f"GET /work, and SIGTERM while it is at work   ({service.command})",
            expected='status 200, {"done": true}',
            got=rows.get("got", "no answer"),
            means="the process ended with a request half-way" if broke else "",
            stderr=service.last_lines(),
        )
    reply = pending.result().status(200).equals({"done": True})
    if not at_work:
        if last:
            raise reply.not_yet('a line "working" in the output when it begins', service.last_lines() or "no output")
        return False
    if not refused:
        if last:
            raise reply.not_yet(
                "new connections refused while it was at work, after SIGTERM",
                "they were accepted until the answer",
                "who is let in now meets the end of the process; stop listening first",
            )
        return False
    FINISHED.append(service)
    return True


FINISHED = []
"""The service that drained; a list, so that the check after it finds it."""


def finished(api):
    return FINISHED[-1] if FINISHED else api.here.service


def running(api, rng):
    """The first instance, with a secret of this run."""
    api.extra.setdefault("SECRET_KEY", secret(rng, SHORTEST))
    api.extra.setdefault("WORK_MS", str(WORK[0]))
    return api.here


FAULTY = []
"""What `faulty` has started."""


def faulty(api, rng):
    """One start without a secret, one with two faults and its short secret; both at once, which takes half the time."""
    if not FAULTY:
        short = secret(rng, SHORTEST - 1)
        kept, api.extra = api.extra, {}
        try:
            FAULTY.append(api.launch(WORK_MS="200"))
            FAULTY.append(api.launch(SECRET_KEY=short, WORK_MS=rng.choice(["20O", "5s", "3x"])))
        finally:
            api.extra = kept
        FAULTY.append(short)
    return FAULTY


def ended(service, wanted, means):
    """The exit status of a service that has to end by itself."""
    limit = time.monotonic() + PATIENCE
    while service.process.poll() is None:
        listens = knock(service.port) == 0
        if listens or time.monotonic() > limit:
            got = "it started, and listens" if listens else "still running after 2 s"
            service.kill()
            not_yet(expected=wanted, got=got, means=means if listens else "", command=service.command)
        time.sleep(0.005)
    return service.process.returncode


def named(service, wanted, code, *names):
    absent = [name for name in names if name not in service.log()]
    if absent:
        not_yet(
            expected=wanted,
            got=f"{how_it_ended(code)}, without the name {' and '.join(absent)}",
            means="it is not checked, or the start ends at the first fault" if len(absent) < len(names) else "",
            command=service.command,
            stderr=service.last_lines(),
        )


def knock(port):
    """What a new connection meets: 0, or the number of an error; a full queue is not a refusal."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port))


def until(look):
    limit = time.monotonic() + PATIENCE
    while not look() and time.monotonic() < limit:
        time.sleep(0.005)


def line_with(service, text):
    line = next((line for line in service.log().splitlines() if text in line), text)
    place = line.find(text)
    return ("… " if place > 40 else "") + line[max(0, place - 40) : place + len(text) + 20].strip()


def secret(rng, length):
    return "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(length))


def hmac_of(key, text):
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
