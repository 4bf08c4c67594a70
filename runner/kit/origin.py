"""The fixture `origin`: the service that the learner's own has to ask; it counts, and is slow or fails when told to.

It is a process of the run's own on the loopback (`agents/origin_server.py`); the learner's service finds it at
`ORIGIN_URL`. It answers each call with new data, so that an answer which was kept can be told from a new one:
`{"asked": "/prices/oslo?nights=2", "stamp": "9f2c51d07a3e", "value": 417, "note": "Zoë says so"}`.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from dataclasses import dataclass
from typing import Any

from runner.kit.agent import AGENTS
from runner.kit.context import Context
from runner.kit.part import Part
from runner.kit.process import end, start

ANSWER_LIMIT = 10.0
"""Seconds that the process has to do as it is told; less than a millisecond on an idle machine."""

PAUSE = 0.002
"""Seconds between two looks."""


@dataclass(frozen=True)
class Call:
    """One request that came to the origin.

    Args:
        method: such as `GET`.
        target: the path with its query, as it came.
        by: whom the address was given to that was asked at, by `url_for`; empty where it was plain.
        headers: by their names in small letters.
        status: what it is answered with.
        answer: the data that it is answered with.
        came_ms: milliseconds from the beginning of the check until it came.
        took_ms: milliseconds until it was answered or its client had gone; None as long as neither is so.
    """

    method: str
    target: str
    by: str
    headers: dict[str, str]
    status: int
    answer: dict[str, Any]
    came_ms: float
    took_ms: float | None


class Origin(Part):
    """The origin of one run. Each check begins with no calls and an origin that answers at once."""

    def __init__(self, context: Context) -> None:
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(ANSWER_LIMIT)
        argv = [sys.executable, "-P", "-B", "-S", str(AGENTS / "origin_server.py"), str(theirs.fileno())]
        scratch = context.scratch
        with theirs, (scratch / "origin.log").open("ab") as log:
            self._process = start(argv, context, cwd=scratch, output=log.fileno(), pass_fds=[theirs.fileno()])
        self._answers = self._channel.makefile("rb")
        self._url = ""

    @property
    def url(self) -> str:
        """Its address, without a slash at the end; what the learner's service finds in `ORIGIN_URL`."""
        if not self._url:
            self._url = f"http://127.0.0.1:{int(self._line())}"
        return self._url

    def url_for(self, name: str) -> str:
        """An address of its own for one copy of a service, so that its calls can be told from those of others.

        The path of it is `/~NAME`. A client that drops that reaches the origin too, and is not told by name.
        """
        return f"{self.url}/~{name}"

    @property
    def calls(self) -> list[Call]:
        """What it was asked in this check, in order."""
        return [Call(**each) for each in self._tell("look")["calls"]]

    @property
    def in_flight(self) -> int:
        """How many calls are neither answered nor given up by their clients."""
        return int(self._tell("look")["in_flight"])

    @property
    def most_at_once(self) -> int:
        """The most calls in flight at the same moment of this check."""
        return int(self._tell("look")["most"])

    def slow(self, ms: float) -> None:
        """Wait MS milliseconds before each answer."""
        self._tell("behave", seconds=ms / 1000)

    def fail(self, code: int = 503) -> None:
        """Answer each call that comes with the status CODE and an error."""
        self._tell("behave", status=code)

    def hold(self, count: int | None = None) -> None:
        """Hold the next COUNT calls, or all that come: they are counted, and wait for `release` or `recover`."""
        self._tell("behave", holds=count)

    def release(self, count: int) -> None:
        """Let the COUNT calls go on that were held first; the others stay held, and so do those that `hold` awaits."""
        self._tell("release", count=count)

    def recover(self) -> None:
        """Answer at once and well, also what was held."""
        self._tell("behave", seconds=0.0, status=200, holds=0)
        self._tell("release", count=None)

    def wait_for(self, count: int, seconds: float) -> bool:
        """Wait until COUNT calls have come in this check, at most SECONDS; whether they have."""
        limit = time.monotonic() + seconds
        while len(self._tell("look")["calls"]) < count:
            if time.monotonic() > limit:
                return False
            time.sleep(PAUSE)
        return True

    @property
    def environment(self) -> dict[str, str]:
        """`ORIGIN_URL`."""
        return {"ORIGIN_URL": self.url}

    def renew(self, seed: str) -> None:
        """At the beginning of a check: as if nothing had been asked; answers are drawn from SEED."""
        self._tell("begin", seed=seed)

    def tidy(self) -> None:
        """At the end of a check: nothing is held."""
        self.recover()

    def close(self) -> None:
        """End it."""
        self._answers.close()
        self._channel.close()
        end(self._process)

    def _tell(self, do: str, **more: Any) -> dict[str, Any]:
        """Give an order; returns what has been asked so far."""
        assert self.url
        self._channel.sendall(json.dumps({"do": do, **more}).encode() + b"\n")
        told: dict[str, Any] = json.loads(self._line())
        return told

    def _line(self) -> bytes:
        line = self._answers.readline()
        if not line:
            raise RuntimeError("the origin has ended")
        return line
