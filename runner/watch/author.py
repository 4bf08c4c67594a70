"""The loop of `learn pack check --watch`: the exercise that an author edits is checked again at each save."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from runner.authoring.findings import Finding
from runner.authoring.gates import check_quickly, try_answers
from runner.authoring.lint.spelling import MISSING, can_spell, spelling
from runner.errors import PackError
from runner.packs.load import load
from runner.packs.models import Pack
from runner.screen.faults import counted
from runner.verify import snapshot
from runner.watch.files import Events

SWEEP = 0.5
"""Seconds between two looks at a pack's files where no event of the system came before."""

SHARE = 0.05
"""The share of the time that looks may take: in a large pack they come less often."""

AGAIN = "  saved again: begins anew"

FOLDERS = ("exercises", "solutions")
"""The folders of a pack that are watched, besides `pack.toml`."""

Say = Callable[[str], None]
Show = Callable[[list[Finding]], None]


class Interrupted(Exception):
    """A file was saved while answers were tried; the gates begin again."""


def watch_pack(root: Path, seeds: list[int], say: Say, show: Show) -> None:
    """Check exercises of the pack in ROOT as they are edited, until Ctrl-C.

    Args:
        seeds: the seeds that each right answer must pass on.
        say: told one line at a time what happens.
        show: given what the gates found.

    Raises:
        PackError: the pack cannot be loaded at the beginning.
    """
    desk = Desk(root, seeds, say, show)
    events = Events(desk.files.poke)
    before = {number: signal.signal(number, desk.end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        events.follow(root)
        count = counted(len(desk.pack.exercises), "exercise")
        say(f"Watching {count}. Each save checks the exercise of that file; Ctrl-C ends.")
        if not can_spell():
            say(MISSING)
        while True:
            desk.turn()
    except KeyboardInterrupt:
        say("\nEnded.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        events.close()


class Files:
    """The files of a pack: tells which were changed since the last look."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._poked = threading.Event()
        self._seen = self._sweep()

    def poke(self) -> None:
        """Something may have changed; called from watchdog's thread."""
        self._poked.set()

    def wait(self) -> None:
        """Until a poke, or the time for another look."""
        self._poked.wait(max(SWEEP, self._took / SHARE))

    def changed(self) -> list[str]:
        """The files that were saved, made or removed since the last call; paths in the pack, the newest first."""
        if not self._poked.is_set() and time.monotonic() < self._next:
            return []
        self._poked.clear()
        before, self._seen = self._seen, self._sweep()
        names = {name for name in before.keys() | self._seen.keys() if before.get(name) != self._seen.get(name)}
        return sorted(names, key=lambda name: self._seen.get(name, ()), reverse=True)

    def _sweep(self) -> dict[str, tuple[int, int, int]]:
        began = time.monotonic()
        found = {}
        for folder in FOLDERS:
            for name, status in snapshot.files(self._root / folder):
                found[f"{folder}/{name}"] = (status.st_mtime_ns, status.st_size, status.st_ino)
        with contextlib.suppress(OSError):
            head = (self._root / "pack.toml").stat()
            found["pack.toml"] = (head.st_mtime_ns, head.st_size, head.st_ino)
        self._took = time.monotonic() - began
        self._next = time.monotonic() + max(SWEEP, self._took / SHARE)
        return found


class Desk:
    """What the loop knows: the pack as it was last loaded, and the exercises that wait to be checked."""

    def __init__(self, root: Path, seeds: list[int], say: Say, show: Show) -> None:
        self.files = Files(root)
        self.pack: Pack = load(root)
        self._root = root
        self._seeds = seeds
        self._say = say
        self._show = show
        self._sound = True
        self._ended = False
        self._waiting: list[str] = []

    def end(self, number: int, frame: object) -> None:
        """Have the loop end; a signal's handler."""
        # Python drops what is raised while it tidies up after an object. Then the next look ends the loop.
        self._ended = True
        raise KeyboardInterrupt

    def turn(self) -> None:
        """Check the exercise that was edited last; where none was, wait for a save."""
        self._look()
        if not self._waiting or not self._sound:
            self.files.wait()
            return
        name = self._waiting[0]
        try:
            self._check(name)
        except Interrupted:
            self._say(AGAIN)
        except FileNotFoundError:  # a file was moved between the look at its folder and the look into it
            self.files.wait()
            if not self._look():
                raise
            self._say(AGAIN)
        else:
            self._waiting.remove(name)

    def _look(self) -> bool:
        """Take up what was saved; whether anything was."""
        if self._ended:
            raise KeyboardInterrupt
        changed = self.files.changed()
        if changed and (self._loads_anew(changed) or not self._waiting or not self._sound):
            self._load()
        edited = [name for name in dict.fromkeys(map(exercise_of, changed)) if name]
        waiting = [*edited, *(name for name in self._waiting if name not in edited)]
        # While the pack has faults nobody can tell which exercises it will have.
        self._waiting = [name for name in waiting if name in self.pack.exercises or not self._sound]
        return bool(changed)

    def _loads_anew(self, changed: Iterable[str]) -> bool:
        return any(name.rpartition("/")[2] in ("pack.toml", "exercise.toml") for name in changed)

    def _load(self) -> None:
        try:
            pack = load(self._root)
        except PackError as error:
            self._say(f"\n{error}")
            self._sound = False
            return
        if not self._sound or list(pack.exercises) != list(self.pack.exercises):
            self._say(f"\nThe pack is sound, with {counted(len(pack.exercises), 'exercise')}.")
        self._sound, self.pack = True, pack

    def _check(self, name: str) -> None:
        exercise = self.pack.exercises[name]
        self._say(f"\n{time.strftime('%H:%M:%S')}  {name}")
        findings = check_quickly(self.pack, exercise) + (spelling([exercise]) if can_spell() else [])
        self._show(findings)
        self._say(f"  files: {counted(len(findings), 'fault')}")
        for language in exercise.languages:
            report = try_answers(exercise, language, self._seeds, self._between)
            self._show(report.findings)
            words = next(iter(report.blocked.values()), "") if not report.runs else ""
            words = words or f"{counted(len(report.findings), 'fault')}, {counted(report.runs, 'run')}"
            self._say(f"  answers {language}".rstrip() + f": {words}")

    def _between(self) -> None:
        if self._look():
            raise Interrupted


def exercise_of(name: str) -> str:
    """The id of the exercise that the file NAME of a pack belongs to; empty where that is none."""
    parts = name.split("/")
    return "/".join(parts[2:4]) if len(parts) > 4 and parts[0] in FOLDERS else ""
