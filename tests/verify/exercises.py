"""Exercises made for one test, and a bench to try answers on them with real processes."""

from __future__ import annotations

import re
import select
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from runner.packs.load import load
from runner.packs.models import Exercise
from runner.verify.client import AHEAD, Checker
from runner.verify.trial import engines_of, follow, tools_of, versions_of
from runner.verify.verdict import Verdict
from tests.packs import put, toml

DEADLINE = 20.0
"""Seconds that a test polls for what takes a moment on an idle machine."""

BUSY = 1.0
"""Seconds that a busy machine may take on top of a limit."""


def write_exercise(
    root: Path,
    checks: str | dict[str, str],
    *,
    ids: list[str | dict[str, Any]] | None = None,
    starter: dict[str, str] | None = None,
    **keys: Any,
) -> Exercise:
    """Write a pack that holds one exercise, `topic/one`, into the new folder ROOT, and load it.

    Args:
        checks: the text of its check file, or of several by name.
        ids: its checks as the manifest names them; those that the text defines unless told.
        starter: the starter's files, for each language the same.
        keys: keys of its manifest that differ from a short Python exercise's.
    """
    files = {"test_one.py": checks} if isinstance(checks, str) else checks
    folder = root / "exercises" / "phase" / "topic" / "one"
    for name, text in files.items():
        put(folder / "checks" / name, text)
    if ids is None:
        ids = [name.replace("_", "-") for text in files.values() for name in re.findall(r"def test_(\w+)", text)]
    manifest = {
        "format": 1,
        "title": "One",
        "summary": "One.",
        "stars": 1,
        "minutes": 1,
        "hints": ["look", "idea", "steps"],
        "passed": "Done.",
        "links": ["https://example.com/"],
        "languages": ["python"],
        "timeout": 5,
        **keys,
        "checks": [{"id": each} if isinstance(each, str) else each for each in ids],
    }
    put(folder / "exercise.toml", toml(manifest))
    put(folder / "README.md", "Brief.\n")
    for language in manifest["languages"] or [""]:
        (folder / "starter" / language).mkdir(parents=True)
        for name, text in (starter or {}).items():
            put(folder / "starter" / language / name, text)
    topic = {"id": "topic", "title": "Topic", "order": ["one"]}
    phase = {"id": "phase", "title": "Phase", "topics": [topic]}
    put(root / "pack.toml", toml({"format": 1, "name": "own", "title": "Own", "phases": [phase]}))
    return load(root).exercises["topic/one"]


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write FILES, path to content, into FOLDER and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def start_checker(exercise: Exercise, language: str | None = None, *, ahead: int = AHEAD) -> Checker:
    """A checker for EXERCISE; its engines are here, or the test fails."""
    language = exercise.languages[0] if language is None else language
    engines, missing = engines_of(exercise, language)
    assert not missing, missing
    return Checker(exercise, language, tools_of(engines), ahead=ahead)


class Bench:
    """One checker that is kept, and a new folder for each content that is tried."""

    def __init__(self, exercise: Exercise, place: Path, language: str | None = None) -> None:
        self.checker = start_checker(exercise, language, ahead=0)
        self.exercise = exercise
        self._place = place
        self._made = 0
        self._engines = versions_of(engines_of(exercise, self.checker.language)[0])

    def folder(self, files: dict[str, str | bytes]) -> Path:
        """A new folder that holds FILES."""
        self._made += 1
        return write_files(self._place / f"learner-{self._made}", files)

    def verdict(self, files: dict[str, str | bytes], *, seed: int = 1) -> Verdict:
        """The verdict on FILES."""
        return follow(self.checker, self.folder(files), seed, {}, self._engines)


def statuses(verdict: Verdict) -> dict[str, str]:
    """The statuses of a verdict's checks by their ids."""
    return {each.id: each.status for each in verdict.checks}


def row(verdict: Verdict, label: str, check: int = 0) -> str:
    """The row LABEL of a check's message, empty where there is none."""
    return next((each.text for each in verdict.checks[check].details if each.label == label), "")


def events(checker: Checker, seconds: float = DEADLINE) -> Iterator[dict[str, Any]]:
    """The events of CHECKER as they come; ends where none has come for SECONDS."""
    while select.select([checker], [], [], seconds)[0]:
        for event in checker.events():
            yield event
            if event["event"] == "gone":
                return


def until(checker: Checker, kind: str, **facts: Any) -> list[dict[str, Any]]:
    """The events of CHECKER up to the first of that KIND with those FACTS."""
    seen = []
    for event in events(checker):
        seen.append(event)
        if event["event"] == kind and facts.items() <= event.items():
            return seen
    raise AssertionError(f"no {kind} with {facts} came, only {seen}")


def poll(condition: Callable[[], object], seconds: float = DEADLINE) -> bool:
    """Whether CONDITION becomes true within SECONDS."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.01)
    return True


def alive(pid: int) -> bool:
    """Whether the process PID runs; one that has ended and waits to be collected does not (Linux)."""
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def processes(mark: str) -> list[int]:
    """The processes, zombies not counted, whose environment or command line holds MARK (Linux)."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            seen = (place / "environ").read_bytes() + (place / "cmdline").read_bytes()
        except OSError:
            continue
        if mark.encode() in seen:
            found.append(int(place.name))
    return found


def nurseries() -> set[int]:
    """This program's nursery, which lives as long as that does, with the environment of whoever asked first."""
    children = [pid for each in Path("/proc/self/task").glob("*/children") for pid in each.read_text().split()]
    return set(map(int, children)) & set(processes("runner.verify.checker"))
