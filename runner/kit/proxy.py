"""A door to a server, a process of the run's own: a port on the loopback that passes on, refuses, hangs, cuts or holds.

With it "the cache is down" can be checked on a server that others use too, and what happens when two programs meet
between any two commands of one of them. The process is `engines/bridge.py`.
"""

from __future__ import annotations

import select
import socket
import sys

from runner.engines import bridge
from runner.engines.ports import free_port
from runner.kit.context import Context
from runner.kit.process import end, start

ANSWER_LIMIT = 10.0
"""Seconds that the process has to do as it is told; a few milliseconds on an idle machine."""

PORTS_TRIED = 5


class Proxy:
    """A port that leads to a server.

    Args:
        target: where to: the path of a Unix socket, or `HOST:PORT`.
    """

    def __init__(self, context: Context, target: str) -> None:
        self._context = context
        self._target = target
        self._tried = self._port = 0
        self._here = self._held = False
        self._behaviour = "restore"
        self._open()

    @property
    def port(self) -> int:
        """The port on 127.0.0.1, where connections are taken by now."""
        if not self._here:
            with self._context.uncharged():
                while not self._said("restore"):  # somebody else was quicker to take the port
                    self.close()
                    if self._tried == PORTS_TRIED:
                        raise RuntimeError(f"a door to {self._target} could not be opened")
                    self._open()
            self._here = True
        return self._port

    def refuse(self) -> None:
        """Break what is open and take no connection, as when the server has ended."""
        self._tell("refuse")

    def hang(self) -> None:
        """Take connections and pass nothing on, neither way, as when the server or the network does not answer."""
        self._tell("hang")

    def cut(self) -> None:
        """Break each connection after the first byte of the server's next answer."""
        self._tell("cut")

    def hold(self, after: int) -> None:
        """Pass on AFTER more requests, then hang at the next one; `held` tells when it has come.

        A request is what a client sends in one piece: a command, or several in a pipeline.
        """
        self._tell(f"hold {after}")

    def held(self, seconds: float = 0.0) -> bool:
        """Whether a request is held, which is waited for SECONDS at most."""
        if not self._held and select.select([self._channel], [], [], seconds)[0]:
            self._held = self._line() == "held"
        return self._held

    def restore(self) -> None:
        """Pass all on again; what waited while it hung goes on, what was broken stays so."""
        if self._behaviour != "restore":
            self._tell("restore")

    def close(self) -> None:
        """End it."""
        self._lines.close()
        self._channel.close()
        end(self._process)

    def _open(self) -> None:
        self._tried += 1
        self._here = False
        self._port = free_port()
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(ANSWER_LIMIT)
        self._lines = self._channel.makefile("rb", buffering=0)
        place = f"127.0.0.1:{self._port}"
        argv = [sys.executable, "-P", "-B", "-S", bridge.__file__, place, self._target, str(theirs.fileno())]
        scratch = self._context.scratch
        with theirs, (scratch / "doors.log").open("ab") as log:
            self._process = start(argv, self._context, cwd=scratch, output=log.fileno(), pass_fds=[theirs.fileno()])

    def _tell(self, behaviour: str) -> None:
        with self._context.uncharged():
            assert self.port
            self._channel.sendall(behaviour.encode())
            if not self._said(behaviour):
                raise RuntimeError(f"the door to {self._target} has ended")
        self._behaviour = behaviour
        self._held = False

    def _said(self, word: str) -> bool:
        """Whether the process says WORD; it says nothing more where it has ended."""
        said = self._line()
        return (self._line() if said == "held" else said) == word

    def _line(self) -> str:
        try:
            return self._lines.readline().decode().strip()
        except ConnectionError:
            return ""
