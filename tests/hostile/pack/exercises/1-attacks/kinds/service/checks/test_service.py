"""What the answers in `answers/service/` attack: a service that each check starts anew and asks by HTTP."""

import contextlib
import http.client
import socket
import threading
import time

import pytest

from runner.kit import not_yet
from runner.kit.outcomes import CouldNotRun
from runner.kit.process import Capture, end, how_it_ended, start, too_long

MOST = 10_000
PROGRAMS = {"python": ("python", ["-B", "-s"], "service.py"), "javascript": ("node", [], "service.mjs")}


class Service:
    """The learner's service at work; whatever it does, `get` ends within the time that the step has."""

    def __init__(self, context):
        tool, options, file = PROGRAMS[context.language]
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        argv = [context.tools.get(tool, "python3"), *options, file]
        env = {"PORT": str(self._port)}
        self._context = context
        self.process = start(argv, context, env=env, virtual_memory=tool == "python")
        self._capture = Capture(self.process, context)

    def get(self, path):
        """The text of the answer to GET PATH."""
        self._context.last_command = f"GET {path}"
        seconds = self._context.budget()
        limit = time.monotonic() + seconds
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=seconds)
        try:
            self._connect(connection, limit)
            with cut_off(connection.sock, limit):
                connection.request("GET", path)
                answer = connection.getresponse()
                body = read(answer)
        except (OSError, ValueError, http.client.HTTPException) as error:
            if time.monotonic() >= limit:
                raise too_long(seconds) from None
            not_yet(expected="an answer in HTTP", got=f"{type(error).__name__}: {str(error)[:100]}")
        finally:
            connection.close()
        self._capture.drain()
        if time.monotonic() >= limit:
            raise too_long(seconds)
        assert answer.status == 200
        announced = answer.getheader("Content-Length")
        if announced not in (None, str(len(body))):
            not_yet(expected=f"{announced[:20]} bytes, as announced", got=f"{len(body)}")
        return body.decode("utf-8", "backslashreplace")

    def _connect(self, connection, limit):
        while self.process.poll() is None and time.monotonic() < limit:
            self._capture.read(0.01)
            with contextlib.suppress(ConnectionError):
                return connection.connect()
        if self.process.poll() is None:
            raise TimeoutError
        raise CouldNotRun(expected="a service that goes on", got=how_it_ended(self.process.returncode))

    def close(self):
        """End it."""
        end(self.process)
        self._capture.close()


@contextlib.contextmanager
def cut_off(connection, limit):
    """End CONNECTION at LIMIT, however little at a time comes from the other side.

    Not by a signal to ourselves: the learner's programs could send it as well.
    """

    def cut():
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(limit - time.monotonic(), cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def read(answer):
    """The body, or a little more than MOST of it; `read` of a whole chunk would take in whatever comes."""
    body = b""
    while len(body) <= MOST and (piece := answer.read1(4096)):
        body += piece
    return body


@pytest.fixture
def service(shell):
    found = Service(shell._context)
    yield found
    found.close()


def test_answers(service, rng):
    """GET /answer?n=N answers N * N + 7"""
    for _ in range(2):
        number = rng.randrange(1000)
        assert service.get(f"/answer?n={number}") == str(number * number + 7)


def test_other(service):
    """GET /other answers 7"""
    assert service.get("/other") == "7"
