"""The learner's Python or JavaScript child, from the checker's side: requests in, replies out, limits kept."""

from __future__ import annotations

import json
import secrets
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, UsedTooMuch
from runner.kit.process import Capture, end, how_it_ended, start, too_long

AGENTS = Path(__file__).parent / "agents"
START_LIMIT = 30.0
"""Seconds that an interpreter may take to start; not the learner's time, so not out of their limit."""

MOST_REPLY = 8 * 1024 * 1024
"""Bytes that one reply may hold; to read them takes the run many times the memory, and time that no limit stops."""

NUMBER_BITS = 52
"""JavaScript takes no longer whole numbers from JSON without loss."""

LAST_LINES = 5


class Agent:
    """One child, started at once so that it is warm when the first request comes.

    Args:
        argv: the command that starts it, from the context and the number of the socket's descriptor.
        env: names to set on top of the clean environment.
    """

    def __init__(
        self,
        context: Context,
        argv: Callable[[Context, int], list[str]] | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        self._context = context
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._channel = ours
        self._buffer = bytearray()
        command = (argv or _argv)(context, theirs.fileno())
        node = context.language == "javascript" and not argv
        self._process = start(command, context, env=env, pass_fds=[theirs.fileno()], virtual_memory=not node)
        theirs.close()
        self._capture = Capture(self._process, context)
        self._capture.watch(ours.fileno())
        self._greeted = False

    def ready(self) -> None:
        """Wait until the child can take requests."""
        if not self._greeted:
            with self._context.uncharged():
                self._receive(time.monotonic() + START_LIMIT, START_LIMIT)
                # A first request has much to load; it should not be the learner's.
                self._exchange({"op": "ready", "open": self._context.ahead}, START_LIMIT)
            self._greeted = True

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send REQUEST and wait for its reply, at most the context's budget.

        Raises:
            RanTooLong: no reply in time.
            UsedTooMuch: too much output or memory.
            CouldNotRun: the child ended instead of replying.
        """
        self.ready()
        reply = self._exchange(request, self._context.budget())
        if _ran_out_of_memory(reply.get("error")):
            raise self._out_of_memory()
        return reply

    def _exchange(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send REQUEST and take the reply that carries its number.

        Others are passed over: code that forks answers each call twice, and the second answer is to no question.
        The number cannot be told ahead, so that no reply is older than its question.
        """
        return self.collect(self.post(request), seconds)

    def post(self, request: dict[str, Any]) -> int:
        """Send REQUEST and do not wait; returns its number, for `collect`."""
        number = secrets.randbits(NUMBER_BITS)
        self._send(json.dumps({**request, "id": number}).encode() + b"\n")
        return number

    def collect(self, number: int, seconds: float) -> dict[str, Any]:
        """Wait at most SECONDS for the reply to the request NUMBER; raises as `ask` does."""
        limit = time.monotonic() + seconds
        while True:
            reply = self._receive(limit, seconds)
            if reply.get("id") == number:
                return reply

    def printed(self) -> str:
        """What the child has printed on stdout since it started."""
        self._capture.drain()
        return self._capture.text("stdout")

    def close(self) -> None:
        """End the child."""
        end(self._process)
        self._capture.close()
        self._channel.close()

    def _send(self, data: bytes) -> None:
        self._channel.setblocking(True)
        self._channel.settimeout(self._context.budget())
        try:
            self._channel.sendall(data)
        except TimeoutError:
            raise too_long(self._context.budget()) from None
        except OSError:
            raise self._gone() from None
        finally:
            self._channel.setblocking(False)

    def _receive(self, limit: float, seconds: float) -> dict[str, Any]:
        """The next reply, waited for until LIMIT, which is SECONDS after its question."""
        searched = 0
        while (line_end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if time.monotonic() >= limit:
                end(self._process)
                raise too_long(seconds)
            if self._capture.read(limit - time.monotonic()):
                self._take()
        line = bytes(self._buffer[:line_end])
        del self._buffer[: line_end + 1]
        return self._parsed(line)

    def _parsed(self, line: bytes) -> dict[str, Any]:
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError):
            reply = None
        if not isinstance(reply, dict):
            raise CouldNotRun(expected="an answer", got="a reply that learn cannot read")
        return reply

    def _take(self) -> None:
        try:
            data = self._channel.recv(1 << 20)
        except OSError:
            data = b""
        if not data:
            raise self._gone()
        self._buffer += data
        if len(self._buffer) > MOST_REPLY:
            end(self._process)
            raise UsedTooMuch(expected=f"an answer under {MOST_REPLY >> 20} MiB", got="more than that")

    def _gone(self) -> CouldNotRun | UsedTooMuch:
        self._capture.drain()
        end(self._process)
        stderr = self._capture.text("stderr")
        if "out of memory" in stderr or "MemoryError" in stderr:
            return self._out_of_memory()
        return CouldNotRun(
            expected="an answer",
            got=f"your program ended with {how_it_ended(self._process.returncode)} before it answered",
            stderr="\n".join(stderr.splitlines()[-LAST_LINES:]),
        )

    def _out_of_memory(self) -> UsedTooMuch:
        return UsedTooMuch(
            expected=f"at most {self._context.memory} MiB of memory",
            got="your program asked for more than that",
        )


def _ran_out_of_memory(error: Any) -> bool:
    if not isinstance(error, dict):
        return False
    kind, message = error.get("type"), str(error.get("message"))
    return kind == "MemoryError" or (kind == "RangeError" and "alloc" in message)  # Node's, of a Buffer


def _argv(context: Context, descriptor: int) -> list[str]:
    if context.language == "python":
        python = context.tools.get("python", sys.executable)
        return [python, "-P", "-B", "-s", str(AGENTS / "python_agent.py"), str(descriptor)]
    heap = f"--max-old-space-size={context.memory}"
    return [
        context.tools["node"],
        heap,
        "--no-warnings",
        str(AGENTS / "javascript_agent.mjs"),
        str(descriptor),
    ]
