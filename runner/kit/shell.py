"""The fixture `shell`: runs the learner's scripts and programs, and looks at what they did to a folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shlex
import signal
import stat
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, RanTooLong
from runner.kit.process import Capture, end, own_folder, start, wait

HOSTILE_NAMES = (
    "two words",
    "line\nbreak",
    "*",
    "-rf",
    "[x]",
    "tab\there",
    "$HOME",
    "it's",
    'say "hi"',
    "über",
    "back\\slash",
    " leading",
    "trailing ",
)
"""File names, without suffix, that careless quoting breaks on."""


@dataclass(frozen=True)
class Result:
    """A program that has ended: its exit status, what it printed, and how long it took."""

    command: str
    code: int
    stdout: str
    stderr: str
    ms: float


@dataclass(frozen=True)
class Entry:
    """One thing in a folder: `file`, `folder` or `link`, its mode bits, and its content's hash (a link's target)."""

    kind: str
    mode: int
    content: str


class Running:
    """A program that was started and goes on beside the check."""

    def __init__(self, process: subprocess.Popen[bytes], capture: Capture, context: Context, command: str) -> None:
        self._process = process
        self._capture = capture
        self._context = context
        self._began = time.perf_counter()
        self.command = command

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def send(self, number: int = signal.SIGTERM) -> None:
        """Send a signal to the program alone, not to its children."""
        self._process.send_signal(number)

    def ended(self) -> bool:
        """Whether it has ended. Takes in what it printed and collects orphans that ended, as `wait` does."""
        self._capture.read(0)
        return self._process.poll() is not None

    def wait(self) -> Result:
        """Wait until it ends, at most the context's budget."""
        code = wait(self._process, self._capture, self._context.budget())
        ms = (time.perf_counter() - self._began) * 1000
        result = Result(self.command, code, self._capture.text("stdout"), self._capture.text("stderr"), ms)
        self._capture.close()
        return result

    def close(self) -> None:
        """End it and its process group, whatever it still does."""
        end(self._process)


class Shell:
    """Runs programs the way a learner's terminal would, but in a clean environment and with limits."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._running: list[Running] = []
        self._made = 0

    @property
    def work(self) -> Path:
        """The run's copy of the learner's folder."""
        return self._context.work

    def folder(self, name: str = "box") -> Path:
        """A new empty folder for this check to fill."""
        while True:  # the checks of a run share the scratch folder, and each counts from one
            self._made += 1
            path = own_folder(self._context.scratch) / f"{name}-{self._made}"
            with contextlib.suppress(FileExistsError):
                path.mkdir()
                return path

    def script(self, name: str) -> str:
        """The full path of the learner's script NAME.

        Raises:
            CouldNotRun: there is no such file.
        """
        path = self.work / name
        if not path.is_file():
            raise CouldNotRun(expected=f"a script {name}", got="no such file")
        return str(path)

    def run(
        self,
        script: str,
        *args: str,
        cwd: Path | None = None,
        stdin: str | None = None,
        env: dict[str, str] | None = None,
    ) -> Result:
        """Run the learner's SCRIPT with bash and wait for its end."""
        return self.start(script, *args, cwd=cwd, stdin=stdin, env=env).wait()

    def start(
        self,
        script: str,
        *args: str,
        cwd: Path | None = None,
        stdin: str | None = None,
        env: dict[str, str] | None = None,
    ) -> Running:
        """Start the learner's SCRIPT with bash and go on; it is ended with the check."""
        argv = [self._context.tools["bash"], self.script(script), *args]
        command = " ".join(["bash", script, *map(shlex.quote, args)])
        self._context.last_command = command
        source = self._input(stdin)
        process = start(argv, self._context, cwd=cwd, env=env, stdin=source)
        if source != subprocess.DEVNULL:
            os.close(source)
        running = Running(process, Capture(process, self._context), self._context, command)
        self._running.append(running)
        return running

    def python(self, program: Path, *args: str) -> Result:
        """Run the Python file PROGRAM in its own folder and wait for its end."""
        argv = [self._context.tools.get("python", sys.executable), "-B", "-s", str(program), *args]
        command = " ".join(["python3", program.name, *map(shlex.quote, args)])
        self._context.last_command = command
        process = start(argv, self._context, cwd=program.parent)
        running = Running(process, Capture(process, self._context), self._context, command)
        self._running.append(running)
        return running.wait()

    def until(self, condition: object, what: str) -> None:
        """Wait until the function CONDITION returns true; poll, with the context's budget as the deadline.

        Raises:
            RanTooLong: it never did; WHAT names it for the learner.
        """
        assert callable(condition)
        seconds = self._context.budget()
        limit = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > limit:
                raise RanTooLong(expected=what, got=f"nothing of the kind within {seconds:.1f} s")
            time.sleep(0.005)

    def close(self) -> None:
        """End whatever was started and still runs."""
        for running in self._running:
            running.close()

    def _input(self, text: str | None) -> int:
        if text is None:
            return subprocess.DEVNULL
        with tempfile.TemporaryFile() as file:  # without a name, where a script might have planted something
            file.write(text.encode("utf-8"))
            file.seek(0)
            return os.dup(file.fileno())


def tree(folder: Path) -> dict[str, Entry]:
    """Everything below FOLDER by its path relative to it; links are not followed."""
    found: dict[str, Entry] = {}
    for place, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(place, name)
            found[path.relative_to(folder).as_posix()] = _entry(path)
    return found


def _entry(path: Path) -> Entry:
    status = path.lstat()
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return Entry("link", mode, os.readlink(path))
    if stat.S_ISDIR(status.st_mode):
        return Entry("folder", mode, "")
    if not stat.S_ISREG(status.st_mode):
        return Entry("other", mode, "")
    try:
        return Entry("file", mode, hashlib.sha256(path.read_bytes()).hexdigest())
    except OSError as error:  # a file that took its own read permission away
        return Entry("file", mode, f"unreadable: {error.strerror}")
