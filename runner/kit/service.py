"""One instance of the learner's service: started on a free port, waited for, asked, stopped."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from runner.engines.ports import answers, free_port
from runner.isolation import enough
from runner.kit.agent import AGENTS
from runner.kit.context import MOST_OUTPUT, Context
from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong, UsedTooMuch
from runner.kit.process import end, environment, how_it_ended, start

SERVICE = "app"
"""The learner's file that is a service, without its suffix."""

LAST_LINES = 5
TAIL = 16 * 1024
"""Bytes at the end of a log in which its last lines are looked for."""

MOST_OF_VALUE, SHORTENED = 100, 30
"""Characters that a message shows of a name's value, and of a longer one."""

COLOURS = re.compile(r"\x1b\[[\d;]*m")

NOISE = re.compile(
    r"[\s^~]*$"
    r"|\s+at .*(node:|node_modules/)"  # frames that are not the learner's
    r"|\s+(code: 'ERR_|errcode: |errstr: )|\}\s*$"  # what Node lists below them: the message says the same
    r"|Node\.js v\d"
    r"| \* (Serving|Debug mode|Running|Restarting|Debugger)|WARNING: This is a development server|Press CTRL\+C"
    r"|127\.0\.0\.1 - - \["
)
"""Lines of servers and frameworks that say nothing of what went wrong."""

AROUND = re.compile(r"\s*(--|(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b)", re.IGNORECASE)
"""Statements that are not counted: they stand around others; and what SQLite tells of triggers."""

SETTLED = 0.2
"""Seconds after an answer within which the reason of a failure is printed: some servers answer first."""

LISTEN = "0A"
"""The state of a listening socket in /proc/net/tcp."""


class PortTaken(Exception):
    """A program that is not the learner's listens on the port that their service was told."""


class Standby:
    """A process that has the framework loaded and waits to become the learner's service."""

    def __init__(self, context: Context, number: int, name: str = SERVICE) -> None:
        self.log = context.scratch / f"{name}-{number}.log"
        self.trace = context.scratch / f"{name}-{number}.sql"
        self.file = program_file(context, name)
        ours, theirs = socket.socketpair()
        self._channel = ours
        with self.log.open("wb") as log:
            self.process = start(
                _argv(context, self.file, theirs.fileno()),
                context,
                cwd=context.work.parent,
                env={"LEARN_CHANNEL": str(theirs.fileno()), "LEARN_AHEAD": " ".join(_ahead(context, name))},
                output=log.fileno(),
                pass_fds=[theirs.fileno()],
                virtual_memory=False,  # a server reserves far more for its threads than they use
            )
        theirs.close()

    @property
    def waits(self) -> bool:
        """Whether it is still there to become a service; a service before it may have ended it."""
        return self.process.poll() is None

    def become(self, environment: dict[str, str], arguments: Sequence[str] = (), *, traced: bool = False) -> None:
        """Let it run the learner's file with ENVIRONMENT; where it is TRACED, SQLite's statements go to its trace."""
        trace = str(self.trace) if traced else ""
        order = json.dumps(
            {"path": str(self.file), "arguments": list(arguments), "environment": environment, "trace": trace}
        )
        with self._channel:
            self._channel.sendall(order.encode() + b"\n")

    def close(self) -> None:
        """End it."""
        self._channel.close()
        end(self.process)


class Standbys:
    """The processes that wait to become the learner's file NAME: at first as many as the run has spares.

    `waiting` has those that nobody has taken yet.
    """

    def __init__(self, context: Context, name: str = SERVICE) -> None:
        self._context = context
        self._name = name
        self._made = 0
        self.waiting = [self._new() for _ in range(context.spares)]

    def take(self) -> Standby:
        """One that waits, or a new one; whoever takes it closes it."""
        self._context.starts += 1
        while self.waiting:
            standby = self.waiting.pop(0)
            if standby.waits:
                return standby
            standby.close()
        return self._new()

    def close(self) -> None:
        """End those that wait."""
        for standby in self.waiting:
            standby.close()

    def _new(self) -> Standby:
        self._made += 1
        return Standby(self._context, self._made, self._name)


def program_file(context: Context, name: str) -> Path:
    """The learner's file NAME, without its suffix, that is a program."""
    return context.work / f"{name}{'.py' if context.language == 'python' else '.mjs'}"


def _ahead(context: Context, name: str) -> list[str]:
    """For what the process loads packages ahead: each name is one that its agent knows."""
    return [*(["framework"] if name == SERVICE else []), *context.servers, *context.tools]


def _argv(context: Context, file: Path, descriptor: int) -> list[str]:
    if context.language == "python":
        python = context.tools.get("python", sys.executable)
        # -u: what it prints is in its log at once, also when the log is a file and the service is killed.
        return [python, "-u", "-B", "-s", str(AGENTS / "python_service.py"), str(descriptor)]
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
        traced: keep the SQL statements that it runs, for `statements`.
    """

    def __init__(self, context: Context, standby: Standby, extra: dict[str, str], *, traced: bool = False) -> None:
        self._context = context
        self._standby = standby
        self._extra = extra
        self._traced = traced
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
        names = {"PORT": str(self.port), **self._extra}
        self._standby.become(environment(self._context, names), traced=self._traced)

    def ready(self) -> None:
        """Wait until it answers on its port.

        Raises:
            CouldNotRun: it ended instead.
            NotYet: it listens on another port, or still on none when its time was up.
            UsedTooMuch: it floods its log.
            PortTaken: somebody else answers there.
        """
        began = time.monotonic()
        limit = began + self._context.budget()
        while not answers(self.port):
            self.bound()
            if self.process.poll() is not None:
                raise CouldNotRun(
                    command=self.command,
                    expected=f"a service that listens on 127.0.0.1, port {self.port} (PORT)",
                    got=f"it ended with {how_it_ended(self.process.returncode)} after {time.monotonic() - began:.1f} s",
                    stderr=self.last_lines(),
                )
            now = time.monotonic()
            if now > min(limit, began + 1):
                elsewhere = [port for port in listening(self.process.pid) if port != self.port]
                if elsewhere or now > limit:
                    raise self._silent(elsewhere, now - began)
            time.sleep(0.002)
        if not self._is_ours():
            raise PortTaken(f"port {self.port} is somebody else's")

    def _is_ours(self) -> bool:
        """Whether what answers on the port was started by this run; in a room there is nobody else."""
        return (
            enough(self._context.isolation, "namespaces")
            or self.port in listening(self.process.pid)
            or not strangers(self.port)
        )

    def bound(self) -> None:
        """End it where it has printed more than a program may.

        Raises:
            UsedTooMuch: so it was.
        """
        if self.printed() > MOST_OUTPUT:
            self.kill()
            raise UsedTooMuch(
                command=self.command,
                expected=f"at most {MOST_OUTPUT >> 20} MiB of output",
                got="more than that, so the service was ended",
            )

    def _silent(self, elsewhere: list[int], seconds: float) -> NotYet:
        ports = ", ".join(map(str, elsewhere))
        got = f"it listens on port {ports}" if elsewhere else f"nothing listened there after {seconds:.1f} s"
        means = "the port is fixed in the code; the one to use comes in PORT" if elsewhere else None
        if self.port in listening(self.process.pid):
            got = f"it listens on port {self.port} of another address"
            means = "localhost is ::1 on some machines, and not 127.0.0.1"
        return NotYet(
            command=self.command,
            expected=f"a service that listens on 127.0.0.1, port {self.port} (PORT)",
            got=got,
            means=means,
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
        self._standby.close()

    def log(self) -> str:
        """What it has printed so far, on stdout and stderr."""
        with self._standby.log.open("rb") as log:
            return log.read(MOST_OUTPUT).decode("utf-8", "backslashreplace")

    def statements(self) -> list[str]:
        """The SQL statements that it has run so far through Python's `sqlite3` or `node:sqlite`, if it is traced.

        Those that begin or end transactions or set SQLite up are left out. A file of the learner's that has the name
        of a module of Python's makes the service start another way; then nothing is seen, so ask for a proof first.
        """
        try:
            lines = self._standby.trace.read_bytes().split(b"\n")[:-1]
        except FileNotFoundError:
            return []
        return [text for text in map(_statement, lines) if text and not AROUND.match(text)]

    def ended(self, seconds: float) -> str:
        """How it has ended, in words; empty where it still runs after SECONDS."""
        try:
            return f"the service has ended with {how_it_ended(self.process.wait(seconds))}"
        except subprocess.TimeoutExpired:
            return ""

    def printed(self) -> int:
        """The size of its log so far."""
        return self._standby.log.stat().st_size

    def last_lines(self, since: int = -1) -> str:
        """The last lines of what it printed that tell something, without their colours.

        Args:
            since: wait a moment until the log is larger than this.
        """
        limit = time.monotonic() + SETTLED
        while self.printed() <= since and time.monotonic() < limit:
            time.sleep(0.002)
        return last_lines(self._standby.log)


def last_lines(place: Path) -> str:
    """The last lines in the log at PLACE that tell something, without their colours."""
    with place.open("rb") as log:
        log.seek(max(0, log.seek(0, os.SEEK_END) - TAIL))
        end = COLOURS.sub("", log.read().decode("utf-8", "backslashreplace"))
    return "\n".join([line for line in end.splitlines() if not NOISE.match(line)][-LAST_LINES:])


def _statement(line: bytes) -> str:
    """A line of a trace, in which the learner's program could have written as well."""
    try:
        return str(json.loads(line))
    except (ValueError, RecursionError):
        return ""


def _command(context: Context, port: int, extra: dict[str, str]) -> str:
    program = "python app.py" if context.language == "python" else "node app.mjs"
    names = " ".join(f"{name}={in_short(value)}" for name, value in {"PORT": str(port), **extra}.items())
    return f"{names} {program}"


def in_short(value: str) -> str:
    """VALUE in one line for a message: of a key or a token its beginning will do."""
    first, _, more = value.partition("\n")
    return first if len(first) <= MOST_OF_VALUE and not more else f"{first[:SHORTENED]}…"


def listening(pid: int) -> list[int]:
    """The ports that the process PID listens on (Linux; elsewhere none is known)."""
    try:
        held = sockets(pid)
        return [port for port, socket in listeners(f"/proc/{pid}/net") if socket in held]
    except OSError:
        return []


def strangers(port: int) -> bool:
    """Whether only processes that this one did not start listen on PORT (Linux; elsewhere that is never known)."""
    try:
        wanted = {socket for each, socket in listeners("/proc/self/net") if each == port}
    except OSError:
        return False
    return bool(wanted) and not any(wanted & sockets(pid) for pid in descendants(os.getpid()))


def listeners(tables: str) -> list[tuple[int, str]]:
    """The ports that are listened on, each with its socket, as the folder TABLES of /proc tells."""
    texts = [Path(tables, name).read_text() for name in ("tcp", "tcp6") if Path(tables, name).exists()]
    rows = [row.split() for text in texts for row in text.splitlines()]
    return [(int(row[1].rpartition(":")[2], 16), f"socket:[{row[9]}]") for row in rows if row[3] == LISTEN]


def sockets(pid: int) -> set[str]:
    """What the descriptors of the process PID lead to; nothing where that is not to be read."""
    try:
        return {os.readlink(each.path) for each in os.scandir(f"/proc/{pid}/fd")}
    except OSError:
        return set()


def descendants(pid: int) -> list[int]:
    """The processes that PID started, and those that these started, and so on (Linux)."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(place.name))
    found = list(children.get(pid, []))
    for each in found:  # grows as it goes
        found += children.get(each, [])
    return found
