"""What whoever runs a container sees of it: its log, its health, how it stops; all of it asked of the engine."""

import time

import pytest

from runner.kit import not_yet

PORT = 8000
STOPS_WITHIN = 2
KNOWN_WITHIN = 8.0
LOGGED_WITHIN = 1.0
KILLED = 137
SECOND = 1_000_000_000
"""Nanoseconds, in which the engine tells an interval."""
USUAL_INTERVAL = 30

ALWAYS_WELL = "the probe succeeds although GET /health answers 503"
NOT_THERE = "it is in /var/log/app.log of the container; the engine reads what is written on stdout, and no file"
NOT_A_SIGNAL = "STOPSIGNAL is the first that is sent, and no program can do anything at this one"
PID_1 = "SIGTERM goes to the container's first process; here that is {}, and the service is a child of it"


@pytest.fixture(scope="session")
def app(image):
    """The image, built once."""
    return image.build()


@pytest.fixture(scope="session")
def watched(app, container):
    """A container that serves from the first check on, so that its health is known when it is asked for."""
    return container.start(app, env={"GREETING": "Good day"}, port=PORT)


def test_serves(watched):
    """GET / answers with the GREETING of docker run"""
    watched.get("/").status(200).equals({"greeting": "Good day"})


def test_logs(watched, rng):
    """a request is in docker logs, on stdout, within a second"""
    path = f"/order-{rng.randrange(100_000)}"
    watched.get(path).status(200)
    limit = time.monotonic() + LOGGED_WITHIN
    stdout, stderr = watched.logs()
    while path not in stdout and time.monotonic() < limit:
        time.sleep(0.02)
        stdout, stderr = watched.logs()
    if path in stdout:
        return
    elsewhere = path in stderr
    in_file = path in watched.run(["cat", "/var/log/app.log"])[1]
    not_yet(
        command="docker logs app",
        expected=f"a line with {path} on stdout",
        got="it is on stderr" if elsewhere else "no such line, neither on stdout nor on stderr",
        means=NOT_THERE if in_file and not elsewhere else None,
    )


def test_stops(app, container):
    """docker stop ends it within 2 s, with another exit code than 137"""
    service = container.start(app, port=PORT)
    _, first = service.run(["cat", "/proc/1/cmdline"])
    ended = service.stop(grace=STOPS_WITHIN)
    if ended.code != KILLED:
        return
    program = first.replace("\0", " ").strip()
    means = PID_1.format(program) if program and "python" not in program.split()[0] else None
    if "KILL" in str(app.config.get("StopSignal")):
        means = NOT_A_SIGNAL
    not_yet(
        command=f"docker stop -t {STOPS_WITHIN} app",
        expected=f"an end by itself within {STOPS_WITHIN} s",
        got=f"killed after {ended.seconds:.1f} s, exit code {ended.code}",
        means=means,
        look="docker top app",
    )


def test_healthy(app, watched):
    """docker ps says healthy within 8 s"""
    found = watched.health("healthy", KNOWN_WITHIN)
    if found != "healthy":
        told(app, watched, "healthy", found)


def test_unhealthy(app, watched):
    """after POST /break it says unhealthy within 8 s"""
    watched.post("/break").status(200)
    found = watched.health("unhealthy", KNOWN_WITHIN)
    if found != "unhealthy":
        told(app, watched, "unhealthy", found)


def told(app, watched, wanted, found):
    """End the check: another health than WANTED was FOUND."""
    probes = watched.probes()
    check = app.config.get("Healthcheck") or {}
    interval = (check.get("Interval") or 0) / SECOND or USUAL_INTERVAL
    got = f"{found} after {KNOWN_WITHIN:.0f} s; its interval is {interval:g} s"
    if found == "none":
        got = "the image has no HEALTHCHECK"
    failed = [output.strip() for code, output in probes if code]
    not_yet(
        command="docker ps",
        expected=wanted,
        got=got,
        stderr=failed[-1][-300:] if failed and wanted == "healthy" else None,
        means=ALWAYS_WELL if wanted == "unhealthy" and probes and not failed else None,
        look="docker inspect -f '{{json .State.Health}}' app" if found != "none" else None,
    )
