"""The nursery, from outside: a process that has loaded what every checker needs, and forks them.

To load it takes longer than all else until a checker can take its first request. One nursery serves its program for as
long as that lives; it ends when this end of its channel is closed, and its checkers end by themselves.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

COMMAND = [sys.executable, "-P", "-B", "-m", "runner.verify.checker"]
"""What starts a checker; with the number of a socket's descriptor after it, a nursery."""


class _Nursery:
    """The one of this program, started for the first checker."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channel: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def fork(self, environment: dict[str, str], stdin: int, stdout: int, stderr: int) -> None:
        with self._lock:
            if not self._sent(stdin, stdout, stderr):  # none yet, or it has been killed
                self._start(environment, stderr)
                self._sent(stdin, stdout, stderr)

    def _sent(self, *standard: int) -> bool:
        if not self._channel:
            return False
        try:
            socket.send_fds(self._channel, [b"."], standard)
        except OSError:
            return False
        return True

    def _start(self, environment: dict[str, str], stderr: int) -> None:
        if self._channel and self._process:
            self._channel.close()
            self._process.wait()
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [*COMMAND, str(theirs.fileno())],
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,  # why it could not start, the first of its checkers tells
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )


_NURSERY = _Nursery()


def afresh() -> None:
    """Have the next checker of this process begin with a nursery of its own; for a process that was forked itself."""
    global _NURSERY
    _NURSERY = _Nursery()


def fork(environment: dict[str, str], stdin: int, stdout: int, stderr: int) -> None:
    """Have a checker begin that reads STDIN and writes to STDOUT and STDERR, which are descriptors.

    Args:
        environment: of the nursery, should it have to be started; a checker's own comes with its order.
    """
    _NURSERY.fork(environment, stdin, stdout, stderr)
