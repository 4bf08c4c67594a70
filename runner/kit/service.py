"""One instance of the learner's service: started on a free port, waited for, asked, stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from runner.kit.agent import AGENTS
from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong
from runner.kit.process import end, environment, how_it_ended, start

LAST_LINES = 5
COLOURS = re.compile(r"\x1b\[[\d;]*m")

LISTEN = "0A"
"""The state of a listening socket in /proc/net/tcp."""


class Standby:
    """A process that has the framework loaded and waits to become the learner's service."""

    def __init__(self, context: Context, number: int) -> None:
        self.log = context.scratch / f"service-{number}.log"
        self.file = service_file(context)
        ours, theirs = socket.socketpair()
        self._channel = ours
        with self.log.open("wb") as log:
            self.process = start(
                _argv(context, self.file, theirs.fileno()),
                context,
                env={"LEARN_CHANNEL": str(theirs.fileno())},
                output=log.fileno(),
                pass_fds=[theirs.fileno()],
                virtual_memory=context.language == "python",
            )
        theirs.close()

    def become(self, environment: dict[str, str]) -> None:
        """Let it run the learner's file with ENVIRONMENT."""
        order = json.dumps({"path": str(self.file), "environment": environment})
        with self._channel:
            self._channel.sendall(order.encode() + b"\n")

    def close(self) -> None:
        """End it."""
        self._channel.close()
        end(self.process)


def service_file(context: Context) -> Path:
    """The file that is the learner's service."""
    return context.work / ("app.py" if context.language == "python" else "app.mjs")


def _argv(context: Context, file: Path, descriptor: int) -> list[str]:
    if context.language == "python":
        python = context.tools.get("python", sys.executable)
        return [python, "-P", "-B", "-s", str(AGENTS / "python_service.py"), str(descriptor)]
    heap = f"--max-old-space-size={context.memory}"
    return [
        context.tools["node"],
        heap,
        "--no-warnings",
        "--require",
        str(AGENTS / "javascript_service.cjs"),
        str(file),
    ]


class Service:
    """A running service.

    Args:
        extra: names that the contract of the exercise asks for, besides `PORT`.
    """

    def __init__(self, context: Context, standby: Standby, extra: dict[str, str]) -> None:
        self._context = context
        self._standby = standby
        self._extra = extra
        self.port = free_port()
        self.command = _command(context, self.port, extra)

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process, which is the service's own."""
        return self._standby.process

    def begin(self) -> None:
        """Let it start, without waiting for it."""
        self._context.last_command = self.command
        if not self._standby.file.is_file():
            raise CouldNotRun(expected=f"a file {self._standby.file.name}", got="no such file")
        self._standby.become(environment(self._context, {"PORT": str(self.port), **self._extra}))

    def ready(self) -> None:
        """Wait until it answers on its port.

        Raises:
            CouldNotRun: it ended instead.
            NotYet: it listens on another port, or still on none when its time was up.
        """
        began = time.monotonic()
        limit = began + self._context.budget()
        while not answers(self.port):
            if self.process.poll() is not None:
                raise CouldNotRun(
                    command=self.command,
                    expected=f"a service that listens on 127.0.0.1, port {self.port} (PORT)",
                    got=f"it ended with {how_it_ended(self.process.returncode)} after {time.monotonic() - began:.1f} s",
                    stderr=self.last_lines(),
                )
            elsewhere = [port for port in listening(self.process.pid) if port != self.port]
            if time.monotonic() > limit or (elsewhere and time.monotonic() > began + 1):
                raise self._silent(elsewhere, time.monotonic() - began)
            time.sleep(0.002)

    def _silent(self, elsewhere: list[int], seconds: float) -> NotYet:
        ports = ", ".join(map(str, elsewhere))
        return NotYet(
            command=self.command,
            expected=f"a service that listens on 127.0.0.1, port {self.port} (PORT)",
            got=f"it listens on port {ports}" if elsewhere else f"nothing listened there after {seconds:.1f} s",
            means="the port is fixed in the code; the one to use comes in PORT" if elsewhere else None,
            stderr=self.last_lines(),
        )

    def send(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send it a signal and wait until it has ended; returns its exit status, negative for a signal.

        Raises:
            RanTooLong: it did not end.
        """
        self.send(number)
        return self.wait()

    def wait(self) -> int:
        """Wait until it has ended by itself; returns its exit status, negative for a signal.

        Raises:
            RanTooLong: it did not.
        """
        seconds = self._context.budget()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RanTooLong(
                command=self.command, expected="a service that ends", got=f"it was still running after {seconds:.1f} s"
            ) from None

    def kill(self) -> None:
        """End it at once, with all that it started."""
        end(self.process)

    def log(self) -> str:
        """What it has printed so far, on stdout and stderr."""
        return self._standby.log.read_text(encoding="utf-8", errors="backslashreplace")

    def last_lines(self) -> str:
        """The last lines of what it printed, without their colours."""
        return COLOURS.sub("", "\n".join(self.log().strip().splitlines()[-LAST_LINES:]))


def _command(context: Context, port: int, extra: dict[str, str]) -> str:
    program = "python app.py" if context.language == "python" else "node app.mjs"
    names = " ".join(f"{name}={value}" for name, value in {"PORT": str(port), **extra}.items())
    return f"{names} {program}"


def free_port() -> int:
    """A port on the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answers(port: int) -> bool:
    """Whether somebody accepts connections on PORT."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def listening(pid: int) -> list[int]:
    """The ports that the process PID listens on (Linux; elsewhere none is known)."""
    try:
        inodes = {os.readlink(each.path) for each in os.scandir(f"/proc/{pid}/fd")}
        tables = [Path(f"/proc/{pid}/net/{name}").read_text() for name in ("tcp", "tcp6")]
    except OSError:
        return []
    rows = [row.split() for table in tables for row in table.splitlines()]
    return [int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == LISTEN and f"socket:[{row[9]}]" in inodes]
