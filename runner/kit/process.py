"""Starting the learner's programs: own session, clean environment, limits, and captured output."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from runner.engines import moto
from runner.engines.packages import PACKAGES
from runner.isolation import enough
from runner.isolation.linux import PR_SET_PDEATHSIG, prctl
from runner.kit.context import MOST_FILE, MOST_OUTPUT, MOST_PROCESSES, Context
from runner.kit.outcomes import RanTooLong, UsedTooMuch

TURN = 0.05
"""Seconds that one read lasts at most. A program may be waiting for one that lost its parent, and whose end nobody but
the run can collect."""

NO_PROGRAMS = {*PACKAGES, moto.NAME, "pyjwt", "python"}
"""Tools of a run that are not looked for on its PATH: packages, and Python, which each program is started with."""

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


CLOCKS = Path(__file__).parent / "agents" / "clock"
"""What Python and Node load at their start where a check moves their clock."""

NODE_RESERVES = 640
"""MiB of data that Node reserves for its heap and threads before the learner's first line, hardly any of it used."""


def die_with_parent() -> None:
    """Be killed when the parent process ends, however it ends (Linux); elsewhere nothing."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def environment(context: Context, extra: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a learner's program: a short list of names, nothing of the person's own.

    Its PATH begins with the folders of the tools that this run found, so that a script meets the same git
    or node as the checks do.
    """
    home, temporary = own_folder(context.scratch / "home"), own_folder(context.scratch / "tmp")
    programs = [tool for name, tool in context.tools.items() if name not in NO_PROGRAMS]
    folders = dict.fromkeys(map(os.path.dirname, programs))
    base = {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": os.pathsep.join([*folders, PATH]),
        "TMPDIR": str(temporary),
        "TZ": "UTC",
        "TERM": "dumb",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CEILING_DIRECTORIES": str(context.work.parent),
    }
    return {**base, **(clock_names(context.clock) if context.clock else {}), **(extra or {})}


def clock_names(clock: Path) -> dict[str, str]:
    """What makes each Python and Node that is started read its time from the file CLOCK; see `kit/clock.py`."""
    node = json.dumps(str(CLOCKS / "clock.cjs"))  # as Node reads a path with spaces in its options
    return {"LEARN_CLOCK": str(clock), "PYTHONPATH": str(CLOCKS), "NODE_OPTIONS": f"--require {node}"}


def own_folder(path: Path) -> Path:
    """PATH as a folder: made where there is none, also where a learner's program left something else in its place."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        path.mkdir(parents=True)
    return path


def start(
    argv: Sequence[str],
    context: Context,
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
    output: int = subprocess.PIPE,
    pass_fds: Sequence[int] = (),
    virtual_memory: bool = True,
) -> subprocess.Popen[bytes]:
    """Start ARGV as a learner's program, its output captured.

    Args:
        cwd: where it runs; the run's copy of the learner's folder unless told.
        env: names to set on top of the clean environment.
        output: a file for what it prints, on stdout and stderr; to be captured unless told.
        virtual_memory: limit the whole address space; Node reserves far more than it uses, so its data alone.
    """

    def bound() -> None:
        context.fence()
        if context.isolation != "none":
            limit(context, virtual_memory)
        os.umask(0o022)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell has it ignored in what it starts in the background
        die_with_parent()  # the run's end ends it also where the checker was killed and can clean up no more

    process = subprocess.Popen(
        argv,
        cwd=cwd or own_folder(context.work),
        env=environment(context, env),
        stdin=stdin,
        stdout=output,
        stderr=output,
        start_new_session=True,
        pass_fds=tuple(pass_fds),
        preexec_fn=bound,
    )
    context.started(process.pid)
    return process


def limit(context: Context, virtual_memory: bool) -> None:
    """In a program about to start: set its limits."""
    most = (context.memory + (0 if virtual_memory else NODE_RESERVES)) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS if virtual_memory else resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_FILE, MOST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if enough(context.isolation, "namespaces"):  # elsewhere the person's own programs are counted too
        resource.setrlimit(resource.RLIMIT_NPROC, (MOST_PROCESSES, MOST_PROCESSES))


class Capture:
    """What a program prints, read while it runs, so that it can neither block nor flood.

    Reading stops at `MOST_OUTPUT` bytes: then the program is ended and the check told so.

    Args:
        record: keep it as the learner's own output too, which it is unless it is meant for the kit.
    """

    def __init__(self, process: subprocess.Popen[bytes], context: Context, *, record: bool = True) -> None:
        self._process = process
        self._context = context
        self._record = record
        self._selector = selectors.DefaultSelector()
        self.texts = {"stdout": bytearray(), "stderr": bytearray()}
        for name in self.texts:
            pipe = getattr(process, name)
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, name)

    def watch(self, channel: int) -> None:
        """Have `read` return also when CHANNEL can be read."""
        self._selector.register(channel, selectors.EVENT_READ, "channel")

    def unwatch(self, channel: int) -> None:
        """Undo `watch`."""
        self._selector.unregister(channel)

    @property
    def open(self) -> bool:
        """Whether the program, or a child of it, still holds stdout or stderr."""
        return any(key.data != "channel" for key in self._selector.get_map().values())

    def read(self, seconds: float) -> bool:
        """Take in what comes within SECONDS or a `TURN`; True as soon as the watched channel can be read."""
        ready = False
        for key, _ in self._selector.select(max(0.0, min(seconds, TURN))):
            if key.data == "channel":
                ready = True
            else:
                self._take(key)
        self._context.reap()
        return ready

    def drain(self) -> None:
        """Take in what lies ready, without waiting."""
        while any(self._take(key) for key, _ in self._selector.select(0) if key.data != "channel"):
            pass

    def _take(self, key: selectors.SelectorKey) -> int:
        try:
            data = os.read(key.fd, 65536)
        except BlockingIOError:
            return 0
        if not data:
            self._selector.unregister(key.fileobj)
            return 0
        self.texts[key.data] += data
        if self._record:
            self._context.record(data)
        if sum(map(len, self.texts.values())) > MOST_OUTPUT:
            end(self._process)
            raise UsedTooMuch(
                expected=f"at most {MOST_OUTPUT // 1024 // 1024} MiB of output",
                got="more than that, and still printing when it was ended",
                means="a loop that prints may never come to its end",
            )
        return len(data)

    def text(self, name: str) -> str:
        """What came on `stdout` or `stderr` so far, bytes that are not UTF-8 shown as \\xNN."""
        return self.texts[name].decode("utf-8", "backslashreplace")

    def close(self) -> None:
        """Let go of the pipes; whoever still holds their other ends is not waited for."""
        self._selector.close()
        for name in self.texts:
            getattr(self._process, name).close()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and its process group at once."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def how_it_ended(code: int) -> str:
    """An exit status in words, such as `exit status 3` or `signal 11 (SIGSEGV)`."""
    if code >= 0:
        return f"exit status {code}"
    with contextlib.suppress(ValueError):
        return f"signal {-code} ({signal.Signals(-code).name})"
    return f"signal {-code}"


def wait(process: subprocess.Popen[bytes], capture: Capture, seconds: float) -> int:
    """Wait for the program itself, not for children that hold its pipes; return its exit status.

    Raises:
        RanTooLong: it was still running after SECONDS; it is ended first.
    """
    limit = time.monotonic() + seconds
    with _exit_signal(process, capture) as pause:
        while process.poll() is None:
            if time.monotonic() >= limit:
                end(process)
                raise too_long(seconds)
            capture.read(min(pause, limit - time.monotonic()))
    capture.drain()
    return process.returncode


@contextlib.contextmanager
def _exit_signal(process: subprocess.Popen[bytes], capture: Capture) -> Iterator[float]:
    """Have `capture.read` return when the process ends; yields how long one such read may last at most."""
    if process.returncode is not None or not hasattr(os, "pidfd_open"):  # over already; or not Linux: look often
        yield 0.01
        return
    descriptor = os.pidfd_open(process.pid)
    capture.watch(descriptor)
    try:
        yield 0.5
    finally:
        capture.unwatch(descriptor)
        os.close(descriptor)


def too_long(seconds: float) -> RanTooLong:
    """The outcome of a program that was still running after SECONDS."""
    return RanTooLong(
        expected=f"an answer within {seconds:.1f} s",
        got="still running then, so it was ended",
        means="an endless loop, or waiting for input that never comes?",
    )
