"""What the benchmarks share: a private pack and workspace, programs in a real terminal, and tables."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import platform
import pty
import re
import selectors
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
PHASE = "1-fundamentals"
EXERCISES = ("programming/boundaries", "shell/streams", "git/first-commits")
"""What the private pack holds: one exercise of each kind, as the built-in pack has it."""

PENS = ROOT / "benchmarks" / "peers" / "pens"
"""An exercise of the benchmarks' own: a service with eight checks."""

SIZE = (30, 80)
"""Lines and columns of the terminals."""

PATIENCE = 30.0
"""Seconds after which something that should have been on a screen is a failure of the benchmark."""


CALM = 0.15
"""Share of the cores that may be busy when a turn begins."""


class Failed(Exception):
    """The benchmark cannot say what it should; the words are for the person who started it."""


# The learner's side


def make_pack(folder: Path) -> Path:
    """A pack in FOLDER with the few exercises that are measured, copied from the built-in one."""
    topics = []
    for name in EXERCISES:
        topic, slug = name.split("/")
        topics.append(f'[[phases.topics]]\nid = "{topic}"\ntitle = "{topic}"\norder = ["{slug}"]\n')
        for part in ("exercises", "solutions"):
            shutil.copytree(ROOT / part / PHASE / name, folder / part / PHASE / name)
    topics.append('[[phases.topics]]\nid = "services"\ntitle = "services"\norder = ["pens"]\n')
    shutil.copytree(PENS, folder / "exercises" / PHASE / "services" / "pens")
    head = f'format = 1\nname = "measured"\ntitle = "Measured"\n\n[[phases]]\nid = "{PHASE}"\ntitle = "Fundamentals"\n'
    (folder / "pack.toml").write_text("\n".join([head, *topics]), encoding="utf-8")
    return folder


def make_workspace(pack: Path, folder: Path, exercise: str, language: str = "python") -> Path:
    """A workspace in FOLDER whose place is EXERCISE; returns the exercise's folder in it."""
    for command in (
        [learn(), "init", str(folder), "--pack", str(pack), "--language", language],
        [learn(), "--workspace", str(folder), "goto", exercise],
    ):
        subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL)
    return folder / exercise


def learn() -> str:
    """The command `learn` of the environment that this Python belongs to."""
    return str(Path(sys.executable).parent / "learn")


def environment() -> dict[str, str]:
    """This process's environment as a learner's would be: the environment's programs first, nothing odd for Python."""
    dropped = ("PYTHON", "PYTEST", "GIT_", "LEARN_", "NODE_", "NO_COLOR", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    return {**kept, "PATH": path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


@contextlib.contextmanager
def temporary() -> Iterator[Path]:
    """A folder for one benchmark, removed with all in it at its end."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        yield Path(name).resolve()


# Saves


def save_in_place(path: Path, text: str) -> None:
    """Save as editors do that open the file and write it."""
    path.write_text(text, encoding="utf-8")


def save_atomically(path: Path, text: str) -> None:
    """Save as editors do that write a file beside it and rename that over it."""
    beside = path.with_name(f".{path.name}.tmp~")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


SAVES = {"atomic": save_atomically, "in place": save_in_place}


# The screen


FRAME_END = rb".*?\x1b\[\?2026l"
"""What `learn watch` writes last of a frame, however much comes before it."""


class Terminal:
    """A program in a pseudo-terminal of its own, and what it has written there."""

    def __init__(self, command: Sequence[str], folder: Path, env: dict[str, str]) -> None:
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            # Nobody of ours may go on in the child, whatever fails.
            with contextlib.suppress(OSError):
                os.chdir(folder)
                os.execvpe(command[0], command, env)
            os._exit(127)
        termios.tcsetwinsize(self._descriptor, SIZE)
        flags = fcntl.fcntl(self._descriptor, fcntl.F_GETFL)
        fcntl.fcntl(self._descriptor, fcntl.F_SETFL, flags | os.O_NONBLOCK)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._descriptor, selectors.EVENT_READ)
        self.written = b""

    def forget(self) -> None:
        """Drop what has been written so far."""
        while self._read(0):
            pass
        self.written = b""

    def until(self, pattern: bytes, seconds: float = PATIENCE) -> float:
        """Read until PATTERN is there, and return the `time.monotonic()` of that.

        Raises:
            Failed: it did not come.
        """
        wanted = re.compile(pattern, re.DOTALL)
        limit = time.monotonic() + seconds
        while not wanted.search(self.written):
            if not self._read(limit - time.monotonic()):
                raise Failed(f"no {pattern!r} within {seconds:g} s; on the terminal stood {self.written[-2000:]!r}")
        return time.monotonic()

    def quiet(self, seconds: float) -> None:
        """Read until nothing has come for SECONDS."""
        while self._read(seconds):
            pass

    def close(self) -> None:
        """End the program and wait for its end."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)
            limit = time.monotonic() + 5
            while time.monotonic() < limit:
                self._read(0.02)  # a program that cannot write its last words does not end
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    self._selector.close()
                    os.close(self._descriptor)
                    return

    def _read(self, seconds: float) -> bool:
        """Take in what comes within SECONDS; False when nothing did."""
        if not self._selector.select(max(0.0, seconds)):
            return False
        try:
            data = os.read(self._descriptor, 1 << 16)
        except OSError:  # the program has ended
            data = b""
        self.written += data
        return bool(data)


# The machine


def wait_for_calm(seconds: float = 20.0) -> None:
    """Wait until others leave the cores alone, but no longer than SECONDS; where that cannot be told, go on at once.

    On a busy machine every figure tells of its neighbours.
    """
    limit = time.monotonic() + seconds
    before = _core_times()
    while before and time.monotonic() < limit:
        time.sleep(0.1)
        now = _core_times()
        total, idle = now[0] - before[0], now[1] - before[1]
        if total and 1 - idle / total < CALM:
            return
        before = now


def _core_times() -> tuple[int, int] | None:
    """All time of the cores since the start of the system, and how much of it was idle (Linux)."""
    try:
        times = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    except OSError:
        return None
    return sum(times), times[3]


# The answer


def arguments(description: str | None, *, rounds: int = 30, only: Sequence[str] = ()) -> argparse.Namespace:
    """What the command line asks for: `rounds`, and with ONLY the parts to leave the others out."""
    return parser(description, rounds=rounds, only=only).parse_args()


def parser(description: str | None, *, rounds: int, only: Sequence[str] = ()) -> argparse.ArgumentParser:
    """What reads the command line as `arguments` does, for a benchmark with options of its own."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--rounds", type=_at_least_once, default=rounds, help=f"default {rounds}")
    if only:
        made.add_argument("--only", choices=only, action="append", help="leave the other parts out")
    return made


def _at_least_once(text: str) -> int:
    return max(1, int(text))


def middle(seconds: Sequence[float]) -> float:
    """The median in ms."""
    return statistics.median(seconds) * 1000


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column is text, the others are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine and the versions, in general words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{platform.system()} on {platform.machine()}, {cores} cores, Python {platform.python_version()}, "
        f"pytest {version('pytest')}, rich {version('rich')}"
    )


def met(reached: bool) -> str:
    """Whether a target is reached, in a word for a table."""
    return "yes" if reached else "**no**"
