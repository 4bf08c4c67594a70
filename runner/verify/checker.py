"""The checker: a warm process for one exercise, between the watch loop and the learner's code.

It imports pytest and the kit and collects the exercise's checks before any save comes. For each verdict it
forks a **run**, which copies the learner's files, calls the checks and is thrown away; runs are forked ahead
and wait, their learner's child already started. The checker itself never runs a check or the learner's code,
has no threads, keeps the clock of the run, and ends whatever a run leaves behind.

It talks in JSON lines: requests on stdin (`run`, `cancel`), events on stdout (`ready`, `start`, `check`, `end`).
End of input means that the one who asked is gone; then it ends everything and goes too.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

import pytest

from runner.engines import held
from runner.engines.packages import LIBRARIES
from runner.engines.server import NotStarted
from runner.engines.servers import AFTER_END, FOR_CHECKS_ALONE
from runner.isolation import Level, Refused, enough
from runner.isolation import room as rooms
from runner.isolation.needed import needed
from runner.kit.agent import AGENTS
from runner.kit.context import Context
from runner.kit.fixtures import Fixtures, load
from runner.kit.outcomes import Outcome
from runner.kit.process import die_with_parent
from runner.verify import snapshot, system
from runner.verify.plugin import Checks

MOST_SPARES = 3
"""Starts of the learner's service or program that a run prepares for, if the runs before it had as many; one where no
run waits ahead."""

AGAIN = "Save again: it is started anew."
ROOM = "Remove files that you need no longer, then save again."

GRACE = 0.75
"""Seconds that a run may take beyond the exercise's timeout before it is ended from outside."""

LEAVE_LIMIT = 1.0
"""Seconds that a run which is done has for removing what it made on servers; what it leaves, the next one removes."""

UNUSED_PLUGINS = (
    "cacheprovider",
    "doctest",
    "faulthandler",
    "junitxml",
    "logging",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "threadexception",
    "unraisableexception",
    "warnings",
)
"""Plugins of pytest that a run has no use for; together they take about as long as the checks."""


class Lines:
    """JSON lines on a pair of file descriptors, without threads or blocking reads."""

    def __init__(self, read: int, write: int) -> None:
        self.read_fd = read
        self._write = write
        self._rest = b""

    def send(self, message: dict[str, Any]) -> None:
        """Write one message; whoever no longer listens is not an error here."""
        data = json.dumps(message).encode() + b"\n"
        with contextlib.suppress(BrokenPipeError):
            while data:
                data = data[os.write(self._write, data) :]

    def receive(self) -> list[dict[str, Any]] | None:
        """The messages that have come; None at the end of input. Waits where nothing has come yet."""
        data = os.read(self.read_fd, 1 << 20)
        if not data:
            return None
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(line) for line in lines]


class Run:
    """One forked run, seen from the checker: waiting ahead, or at work for a verdict."""

    def __init__(self, pid: int, lines: Lines, write: int, folder: Path) -> None:
        self.pid = pid
        self.lines = lines
        self.folder = folder
        self._write = write
        self.number: int | None = None
        self.limit: float | None = None
        self.groups: list[int] = []
        self.done = False
        self.failed = False

    def leave(self) -> None:
        """Let it remove what it made on servers; the pipe from it ends when it has."""
        with selectors.DefaultSelector() as ended:
            ended.register(self.lines.read_fd, selectors.EVENT_READ)
            ended.select(LEAVE_LIMIT)

    def close(self) -> None:
        """Kill and reap the process and the groups of what it started; its folder is left to be removed."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        for group in self.groups:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.let_go()

    def let_go(self) -> None:
        """Close the pipes to it."""
        os.close(self.lines.read_fd)
        os.close(self._write)


class Server:
    """The checker's loop: takes requests, keeps standbys, relays what the run at work reports."""

    def __init__(self, order: dict[str, Any], control: Lines, early: list[dict[str, Any]]) -> None:
        self._order = order
        self._control = control
        self._early = early
        self._folder = system.make_temporary()
        self._fixtures = Fixtures()
        self._selector = selectors.DefaultSelector()
        self._standbys: list[Run] = []
        self._current: Run | None = None
        self._servers: list[held.Held] = []
        self._made = 0
        self._spares = 1
        self._ahead: int = order["ahead"]
        self._most_spares = MOST_SPARES if self._ahead else 1
        self._level: Level = order["isolation"]
        self._note = order["note"]
        self._needed = needed(order["tools"].values())  # before pytest puts the checks on the path
        self.checks = Checks(order["checks"], self.serve)

    @property
    def fixtures(self) -> Fixtures:
        """The kit's fixtures, to be given to pytest."""
        return self._fixtures

    def serve(self, checks: Checks) -> None:
        """Called by pytest when the checks are collected; returns when there is nobody left to serve."""
        if checks.faults:
            self._control.send({"event": "fault", "words": "\n".join(checks.faults)})
            return
        load(checks.fixtures())
        gc.collect()
        gc.freeze()  # what is loaded stays: a collection in a run would only copy the pages that it shares
        if not self._hold():
            return
        claims = [[spec["id"], checks.claim(spec["id"])] for spec in checks.specs]
        self._fill(1)
        required = self._order["required"]
        if not enough(self._level, required):
            words = f"Runs must be isolated by {required}, and this system gives less. {self._note}"
            self._block(words, "learn doctor")
            return
        self._control.send({"event": "ready", "claims": claims, "isolation": self._level, "note": self._note})
        self._selector.register(self._control.read_fd, selectors.EVENT_READ, None)
        for server in self._servers:
            self._selector.register(server.connection, selectors.EVENT_READ, server)
        for message in self._early:
            self._obey(message)
        while self._turn():
            pass

    def _hold(self) -> bool:
        """Wait for the servers that runs use; False, with the words sent, where one does not come up."""
        for name, found in self._order["servers"].items():
            try:
                self._servers.append(held.hold(name, found))
            except NotStarted as error:
                self._block(f"The engine {name} did not start: {error}", "learn doctor")
                return False
        return True

    def _block(self, words: str, advice: str) -> None:
        self._control.send({"event": "fault", "blocked": True, "words": words, "advice": advice})

    def close(self) -> None:
        """End every run and remove every file."""
        for run in [*self._standbys, *([self._current] if self._current else [])]:
            run.close()
        system.end_strays(keep=())
        system.remove(self._folder)
        for server in self._servers:
            server.close()

    def _turn(self) -> bool:
        """Wait for the next thing and deal with it; False when the one who asked is gone."""
        for key, _ in self._selector.select(self._patience()):
            if key.data is None:
                messages = self._control.receive()
                if messages is None:
                    return False
                for message in messages:
                    self._obey(message)
            elif isinstance(key.data, held.Held):  # its keeper says nothing but this, or its connection has ended
                name, why = key.data.name, key.data.why_gone()
                self._block(f"The engine {name} has ended.{why}", AFTER_END.get(name, AGAIN))
                return False
            elif self._current and key.data is self._current:
                self._relay(self._current)
        run = self._current
        if run and run.limit is not None and time.monotonic() > run.limit:
            self._finish(run, "timeout")
        if not self._current and len(self._standbys) < self._ahead:
            self._fill(len(self._standbys) + 1)
        return True

    def _patience(self) -> float | None:
        if self._current and self._current.limit is not None:
            return max(0.0, self._current.limit - time.monotonic())
        return 0.0 if len(self._standbys) < self._ahead else None

    def _obey(self, message: dict[str, Any]) -> None:
        if self._current:
            self._finish(self._current, "cancelled")
        if message["do"] == "run":
            self._fill(1)
            run = self._standbys.pop(0)
            run.number = message["run"]
            # Counted from here until the run says that the learner's clock has started.
            run.limit = time.monotonic() + self._order["timeout"] + 30
            self._current = run
            self._selector.register(run.lines.read_fd, selectors.EVENT_READ, run)
            run.lines.send(message)

    def _relay(self, run: Run) -> None:
        try:
            messages = run.lines.receive()
        except (OSError, ValueError):
            messages = None
        if messages is None:
            self._finish(run, "done" if run.done else "died")
            return
        for message in messages:
            if message["event"] == "start":
                run.limit = time.monotonic() + self._order["timeout"] + GRACE
            if message["event"] == "started":
                run.groups.append(message["group"])
                continue
            if message["event"] == "check" and message["status"] != "passed":
                run.failed = True
            if message["event"] == "done":
                run.done = True
                self._spares = min(max(self._spares, message.pop("starts", 0)), self._most_spares)
                self._finish(run, "done", message)
                return
            self._control.send({**message, "run": run.number})

    def _finish(self, run: Run, how: str, message: dict[str, Any] | None = None) -> None:
        """Tell how RUN ended, then clean up after it: the one who asked need not wait for that."""
        self._selector.unregister(run.lines.read_fd)
        self._current = None
        end = {"output": "", **(message or {}), "event": "end", "run": run.number, "how": how}
        gone = how == "done" and any(each.gone for each in self._servers)
        # Without an engine the checks say nothing of the answer; in a moment its keeper tells that it has ended.
        # On a full disk a server takes a right answer's writes no more.
        full = "".join(each.full for each in self._servers) if how == "done" and run.failed and not gone else ""
        if full:
            self._block(f"Your work was not judged.{full}", ROOM)
        elif not gone:
            self._control.send(end)
        if how == "done" and self._servers and not gone:
            run.leave()
        run.close()
        system.end_strays(keep=[each.pid for each in self._standbys])
        system.remove(run.folder)

    def _fill(self, count: int) -> None:
        while len(self._standbys) < count:
            self._standbys.append(self._fork())

    def _fork(self) -> Run:
        """Fork a run that has a room of its own, or the next lower level where the system refuses that."""
        while True:
            run = self._forked()
            answer = (run.lines.receive() or [{"event": "refused", "words": "The run ended while it was set up."}])[0]
            if answer["event"] == "entered" or not enough(self._level, "namespaces"):
                return run
            run.close()
            system.remove(run.folder)
            self._level, self._note = "group", answer["words"]

    def _forked(self) -> Run:
        self._made += 1
        folder = self._folder / str(self._made)
        folder.mkdir()
        to_run, from_checker = os.pipe()[::-1]
        from_run, to_checker = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            os.close(from_checker)
            os.close(to_checker)
            return Run(pid, Lines(from_run, to_run), to_run, folder)
        try:
            os.setpgid(0, 0)
            die_with_parent()
            if os.getppid() == parent:
                os.close(to_run)
                os.close(from_run)
                self._let_go()
                self._work(folder, Lines(from_checker, to_checker))
        finally:
            os._exit(0)

    def _let_go(self) -> None:
        """In a new run: close what belongs to the checker, so that each end of a pipe has one owner."""
        os.close(self._control.read_fd)
        for other in [*self._standbys, *([self._current] if self._current else [])]:
            other.let_go()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)  # pytest's dots are no last words of the checker
        os.close(nowhere)

    def _work(self, folder: Path, lines: Lines) -> None:
        """The life of one run, in its own process."""
        room = self._room() if enough(self._level, "namespaces") else None
        if room:
            try:
                room.enter()
            except Refused as error:
                lines.send({"event": "refused", "words": str(error)})
                return
            folder = rooms.FOLDER
        else:
            system.adopt_orphans()  # in a room it is the first process, which does so by nature
        context = self._context(folder, room, lines)
        problem = self._prepare(context)
        self.checks.warm()
        lines.send({"event": "refused", "words": problem} if problem and room else {"event": "entered"})
        messages = lines.receive()
        if messages and problem:
            lines.send({"event": "done", "status": "error", "problem": problem})
        elif messages:
            source = Path(messages[0]["folder"])
            self._judge(context, lines, messages[0], room.outside(source) if room else source)
        self._fixtures.close()

    def _room(self) -> rooms.Room:
        """What the run and its programs need to see, and what the learner's programs must not."""
        sockets = {each.name: Path(each.address["socket"]) for each in self._servers}
        ours = [sockets.pop(name) for name in FOR_CHECKS_ALONE if name in sockets]
        keep = [*self._needed, AGENTS, *sockets.values()]
        hidden = [*map(Path, self._order["hidden"]), *ours]
        return rooms.Room(keep, [Path(self._order["folder"]), *ours], hidden)

    def _context(self, folder: Path, room: rooms.Room | None, lines: Lines) -> Context:
        programs: list[int] = []

        def started(pid: int) -> None:
            programs.append(pid)
            if not room:  # in one the number means nothing outside, and all end with its first process
                lines.send({"event": "started", "group": pid})

        context = Context(
            work=folder / "work",
            scratch=folder / "scratch",
            language=self._order["language"],
            timeout=self._order["timeout"],
            memory=self._order["memory"],
            tools=self._order["tools"],
            servers={each.name: each.address for each in self._servers},
            isolation=self._level,
            spares=self._spares,
            fence=room.hide if room else lambda: None,
            started=started,
            sweep=lambda: system.end_strays(keep=programs),
            reap=lambda: system.reap(keep=programs),
        )
        context.work.mkdir()
        context.scratch.mkdir()
        packages = {LIBRARIES[name]: path for name, path in context.tools.items() if name in LIBRARIES}
        for name, path in packages.items():  # where Node looks for packages: in the folders above a file
            place = folder / "node_modules" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(path)
        return context

    def _prepare(self, context: Context) -> str:
        """Start what the checks will need; returns words for the learner where that failed."""
        try:
            self._fixtures.prepare(context, self.checks.fixtures())
        except (Outcome, OSError, subprocess.SubprocessError) as error:
            return f"The program that runs your code could not be started: {error}"
        return ""

    def _judge(self, context: Context, lines: Lines, message: dict[str, Any], source: Path) -> None:
        began = time.perf_counter()
        try:
            content = snapshot.copy(source, context.work)
        except snapshot.NotCopied as error:
            statuses = {snapshot.TooMuch: "overlimit", snapshot.Gone: "crashed"}
            words = str(error).replace(str(source), message["folder"])  # not as a room has it
            lines.send({"event": "done", "status": statuses.get(type(error), "error"), "problem": words})
            return
        context.begin(message["seed"], message["given"])
        copied = (time.perf_counter() - began) * 1000
        lines.send({"event": "start", "content": content, "isolation": context.isolation, "copy_ms": copied})
        self.checks.run(context, lambda report: lines.send({"event": "check", **report}))
        self._fixtures.record()
        output = context.output.decode("utf-8", "backslashreplace")
        lines.send({"event": "done", "output": output, "starts": context.starts})


def main() -> int:
    """Serve one exercise; the first line on stdin says which."""
    control = _control()
    system.be_private()
    system.adopt_orphans()
    control.send({"event": "begun", "pid": os.getpid()})
    messages = control.receive()
    if not messages:
        return 0
    order, *early = messages
    if "environment" in order:
        os.environ.clear()
        os.environ.update(order["environment"])
    system.sweep()
    server = Server(order, control, early)
    try:
        _collect(order, server)
    finally:
        server.close()
    return 0


def _control() -> Lines:
    """Keep the channel for ourselves: whatever a library or a check prints goes to stderr."""
    control = Lines(os.dup(0), os.dup(1))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return control


def _collect(order: dict[str, Any], server: Server) -> None:
    try:
        os.chdir(order["folder"])
    except OSError as error:  # an author may move it while a watch is about to try it
        server._control.send({"event": "fault", "words": f"{error.strerror}: {order['folder']}"})
        return
    folder = os.getcwd()
    sys.dont_write_bytecode = True
    # A check that returns what it should assert would pass whatever the learner did.
    warnings.filterwarnings("error", message="Test functions should return None")
    options = [
        "-p",
        "no:cacheprovider",
        "--capture=no",
        # What these have to do at every check serves a person at a terminal, not a verdict.
        *(option for name in ("logging", "terminal", "warnings") for option in ("-p", f"no:{name}")),
        "-c",
        os.devnull,
        f"--rootdir={folder}",
    ]
    # The folder as "." because pytest takes brackets in a path for a test's parameters.
    code = pytest.main([*options, f"--confcutdir={folder}", "."], plugins=[server.checks, server.fixtures])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) or server.checks.faults:
        words = "\n".join(server.checks.faults) or f"pytest ended with {code!r} before the checks could be collected"
        with contextlib.suppress(OSError):
            server._control.send({"event": "fault", "words": words})


def nurse(channel: socket.socket) -> None:
    """Fork a checker for each message that comes with its stdin, stdout and stderr; until the one who asks is gone."""
    system.be_private()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever asked waits for the end of its output, and nobody here
    while True:
        asked, standard, *_ = socket.recv_fds(channel, 1, 3)
        if not asked:
            return
        if not os.fork():
            channel.close()
            _leave_the_nursery(standard)
        for descriptor in standard:
            os.close(descriptor)


def _leave_the_nursery(standard: list[int]) -> None:
    """The life of a checker that was forked, with what is to be its stdin, stdout and stderr."""
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, descriptor in enumerate(standard):
            os.dup2(descriptor, number)
            os.close(descriptor)
        code = main()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    if sys.argv[1:]:
        nurse(socket.socket(fileno=int(sys.argv[1])))
    else:
        sys.exit(main())
