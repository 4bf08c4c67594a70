"""Driving the real program: `learn watch` in a pseudo-terminal, or piped, and what it leaves behind.

watch = Watch(workspace, tmp)     starts it
watch.wait_for("not yet")         polls until the window shows that, or fails with what it shows instead
watch.send("n")                   types
watch.ended()                     its exit code, once it has ended
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import selectors
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

LEARN = Path(sys.executable).with_name("learn")
DEADLINE = 30.0
"""Seconds after which something that should come counts as not coming; nothing here takes nearly so long."""

PAUSE = 0.02
"""Seconds between two looks at something that cannot be waited for in a better way."""

BEGIN_UPDATE, END_UPDATE = b"\x1b[?2026h", b"\x1b[?2026l"
ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"
SHOW_CURSOR, HIDE_CURSOR = b"\x1b[?25h", b"\x1b[?25l"

NAMED_KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "page_up": "\x1b[5~",
    "page_down": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "enter": "\r",
    "escape": "\x1b",
    "backspace": "\x7f",
    "ctrl-c": "\x03",
    "ctrl-z": "\x1a",
}


def until(true: Callable[[], Any], what: Callable[[], str], seconds: float = DEADLINE) -> Any:
    """Poll until TRUE gives something true, and return that; fail with WHAT otherwise."""
    limit = time.monotonic() + seconds
    while True:
        found = true()
        if found:
            return found
        if time.monotonic() > limit:
            raise AssertionError(f"not so after {seconds:g} s: {what()}")
        time.sleep(PAUSE)


def environment(tmp: Path, **extra: str) -> dict[str, str]:
    """An environment of its own below TMP: home and temporary files; TERM and the encoding of a common terminal."""
    for name in ("home", "tmp"):
        (tmp / name).mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "VIRTUAL_ENV", "USER", "LOGNAME")}
    own = {"HOME": str(tmp / "home"), "TMPDIR": str(tmp / "tmp"), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    return {**kept, **own, **extra}


def processes(tmp: Path) -> dict[int, str]:
    """The running processes that belong to the folder TMP, by their environment, folder or arguments; not this one."""
    found = {}
    wanted = os.fsencode(tmp)
    for place in Path("/proc").iterdir():
        if not place.name.isdigit() or int(place.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            state = (place / "stat").read_bytes().rpartition(b") ")[2][:1]
            command = (place / "cmdline").read_bytes()
            traces = [(place / "environ").read_bytes(), command, os.fsencode(os.readlink(place / "cwd"))]
            if state != b"Z" and any(wanted in trace for trace in traces):
                found[int(place.name)] = command.replace(b"\0", b" ").decode(errors="replace")
    return found


def no_process_left(tmp: Path, seconds: float = DEADLINE) -> None:
    """Wait until nothing that was started below TMP runs any more."""
    until(lambda: not processes(tmp), lambda: f"still running: {processes(tmp)}", seconds)


def temporary_folders(tmp: Path) -> list[str]:
    """What lies in the temporary folder below TMP: the names in it and in our own folder there."""
    root = tmp / "tmp"
    own = root / f"backendlings-{os.getuid()}"
    names = {*os.listdir(root)} - {own.name}
    return sorted([*names, *(os.listdir(own) if own.is_dir() else [])])


class Terminal:
    """A program in a pseudo-terminal, and what its window shows."""

    def __init__(
        self, command: Sequence[str], cwd: Path, env: dict[str, str], *, width: int = 80, height: int = 24
    ) -> None:
        self.screen = pyte.Screen(width, height)
        self._below: pyte.Screen | None = None
        self.raw = b""
        self._pending = b""
        self.child = pexpect.spawn(
            command[0], list(command[1:]), cwd=str(cwd), env=env, dimensions=(height, width), timeout=DEADLINE
        )
        self.settings = self.attributes()

    @property
    def pid(self) -> int:
        """The process id of what was started."""
        return int(self.child.pid)

    def attributes(self) -> list[Any]:
        """The terminal's settings as they are now."""
        return termios.tcgetattr(self.child.child_fd)

    def lines(self) -> list[str]:
        """What the window shows, line by line."""
        self._read()
        return [line.rstrip() for line in self.screen.display]

    def text(self) -> str:
        """What the window shows."""
        return "\n".join(self.lines())

    def wait_for(self, *wanted: str, gone: Sequence[str] = (), seconds: float = DEADLINE) -> str:
        """Poll until the window shows every text WANTED and none that should be GONE; returns what it shows."""
        words = f"{' and '.join(map(repr, wanted))}" + (f" without {gone!r}" if gone else "")

        def found() -> str:
            alive = self.child.isalive()
            text = self.text()
            assert alive, f"the program has ended; it was to show {words}\n{text}"
            fits = all(each in text for each in wanted) and not any(each in text for each in gone)
            return text if fits else ""

        return str(until(found, lambda: f"{words} in the window\n{self.text()}", seconds))

    def send(self, *keys: str) -> None:
        """Type KEYS: names such as `down`, or text."""
        for key in keys:
            self.child.send(NAMED_KEYS.get(key, key))

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, as a terminal does."""
        self._read()
        for screen in (self.screen, self._below):
            if screen:
                screen.resize(height, width)
        self.child.setwinsize(height, width)

    def ended(self, seconds: float = DEADLINE) -> int:
        """Wait until the program has ended; its exit code, or the negative number of the signal that ended it."""

        def gone() -> bool:
            self._read()
            return not self.child.isalive()

        until(gone, lambda: f"the program has ended\n{self.text()}", seconds)
        self._read()
        if self.child.signalstatus is not None:
            return -int(self.child.signalstatus)
        return int(self.child.exitstatus)

    def in_alternate_screen(self) -> bool:
        """Whether the program has the terminal's second screen."""
        self._read()
        return self._below is not None

    def cursor_visible(self) -> bool:
        """Whether the cursor is to be seen."""
        self._read()
        return self.raw.rfind(SHOW_CURSOR) >= self.raw.rfind(HIDE_CURSOR)

    def close(self) -> None:
        """End the program if it has not ended."""
        if self.child.isalive():
            os.kill(self.pid, signal.SIGKILL)
        self.child.close(force=True)

    def _read(self) -> None:
        """Take in what has come; a frame that is only half there is kept back until the rest of it comes."""
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF, OSError):
            while True:
                data = self.child.read_nonblocking(65536, timeout=0)
                self.raw += data
                self._pending += data
        begun = self._pending.rfind(BEGIN_UPDATE)
        cut = begun if begun > self._pending.rfind(END_UPDATE) else len(self._pending)
        self._feed(self._pending[:cut])
        self._pending = self._pending[cut:]

    def _feed(self, data: bytes) -> None:
        """Show DATA. The alternate screen is a second one, which pyte does not have."""
        for part in re.split(b"(%b|%b)" % (re.escape(ENTER_ALTERNATE), re.escape(LEAVE_ALTERNATE)), data):
            if part == ENTER_ALTERNATE and self._below is None:
                self._below, self.screen = self.screen, pyte.Screen(self.screen.columns, self.screen.lines)
            elif part == LEAVE_ALTERNATE and self._below is not None:
                self.screen, self._below = self._below, None
            else:
                pyte.ByteStream(self.screen).feed(part)


class Watch(Terminal):
    """`learn watch` on a workspace."""

    def __init__(
        self,
        workspace: Path,
        tmp: Path,
        *options: str,
        width: int = 80,
        height: int = 24,
        env: dict[str, str] | None = None,
    ) -> None:
        self.workspace = workspace
        self.tmp = tmp
        command = [str(LEARN), "watch", *options]
        super().__init__(command, workspace, environment(tmp, **(env or {})), width=width, height=height)

    def wait_for_verdict(self, status: str, *words: str) -> str:
        """Wait for a verdict on screen: `not yet` or `passed`, with WORDS."""
        return self.wait_for(status, *words, gone=("... checking", "... getting the checks ready"))


class Events:
    """`learn watch --json` on a workspace, its events one by one."""

    def __init__(self, workspace: Path, tmp: Path, *options: str, env: dict[str, str] | None = None) -> None:
        self.seen: list[dict[str, Any]] = []
        self._rest = b""
        self.process = subprocess.Popen(
            [str(LEARN), "watch", "--json", *options],
            cwd=workspace,
            env=environment(tmp, **(env or {})),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.process.stdout, selectors.EVENT_READ)

    def read(self, seconds: float = 0.0) -> list[dict[str, Any]]:
        """The events that come within SECONDS, at least those that lie ready; ends early when some have come."""
        found: list[dict[str, Any]] = []
        while self._selector.select(0.0 if found else seconds):
            assert self.process.stdout is not None
            data = os.read(self.process.stdout.fileno(), 1 << 20)
            if not data:
                break
            *lines, self._rest = (self._rest + data).split(b"\n")
            found += [json.loads(line) for line in lines]
        self.seen += found
        return found

    def wait_for(self, fits: Callable[[dict[str, Any]], bool], seconds: float = DEADLINE) -> dict[str, Any]:
        """The next event that FITS."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            for event in self.read(0.1):
                if fits(event):
                    return event
            if self.process.poll() is not None:
                break
        raise AssertionError(f"no such event; the last ones: {self.seen[-5:]}; {self.last_words()}")

    def verdict(self, status: str = "", seconds: float = DEADLINE) -> dict[str, Any]:
        """The next verdict, or the next one with STATUS."""
        event = self.wait_for(
            lambda each: each["event"] == "verdict" and status in ("", each["verdict"]["status"]), seconds
        )
        found: dict[str, Any] = event["verdict"]
        return found

    def last_verdict(self) -> dict[str, Any]:
        """The last verdict so far; empty where there is none."""
        return next((each["verdict"] for each in reversed(self.seen) if each["event"] == "verdict"), {})

    def ended(self, number: int | None = None) -> int:
        """Send the signal NUMBER, wait until the program has ended, and return its exit code."""
        if number is not None:
            self.process.send_signal(number)
        return self.process.wait(DEADLINE)

    def last_words(self) -> str:
        """What it wrote to stderr, once it has ended."""
        if self.process.poll() is None or self.process.stderr is None:
            return ""
        return self.process.stderr.read().decode(errors="replace")

    def close(self) -> None:
        """End the program if it has not ended."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()
        self._selector.close()


def learn(workspace: Path, tmp: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one `learn` command to its end."""
    return subprocess.run(
        [str(LEARN), *arguments],
        cwd=workspace,
        env=environment(tmp),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )


def lock_is_free(workspace: Path) -> bool:
    """Whether nobody holds the workspace's lock."""
    with (workspace / ".learn" / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
