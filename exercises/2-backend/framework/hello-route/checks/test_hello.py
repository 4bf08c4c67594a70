"""Two pages, on the port that the service is told; starting and stopping as a platform does it."""

import socket
import time

from runner.kit import not_yet

PATIENCE = 3.0


def test_listens_where_told(api):
    """it listens on the port in PORT, also two copies on two ports"""
    for copy in (api.here, api.start()):
        copy.get("/health")


def test_says_hello(api):
    """GET / answers 200 with the JSON {"message": "hello"}"""
    api.get("/").status(200).equals({"message": "hello"})


def test_is_healthy(api):
    """GET /health answers 200 with the JSON {"status": "ok"}"""
    api.get("/health").status(200).equals({"status": "ok"})


def test_unknown_path(api, rng):
    """any other path answers 404"""
    for path in (f"/page-{rng.randrange(10_000)}", "/health/more"):
        reply = api.get(path)
        means = "a route for every path also answers those that you never meant" if reply.code == 200 else ""
        reply.status(404, means=means)


def test_head(api):
    """HEAD / answers as GET does, without a body"""
    wanted = api.get("/")
    got = api.head("/").status(wanted.code)
    got.header("content-type", wanted.headers.get("content-type"))
    if got.content:
        raise got.not_yet("no body", f"{len(got.content)} bytes")


def test_stops(api):
    """SIGTERM ends it within 3 seconds"""
    copy = api.start()
    copy.get("/health")
    began = time.monotonic()
    copy.service.send(15)
    while copy.service.process.poll() is None:
        if time.monotonic() > began + PATIENCE:
            not_yet(
                expected="a service that has ended 3 seconds after SIGTERM",
                got="it is still running",
                means="a platform that waits in vain kills it, and with it every request at work",
                look="kill PID   (SIGTERM is what kill sends)",
                command=copy.service.command,
            )
        time.sleep(0.01)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", copy.port)) == 0:
            not_yet(
                expected="nobody on its port any more",
                got="something still listens there",
                means="the service left a child behind that goes on serving",
                command=copy.service.command,
            )
