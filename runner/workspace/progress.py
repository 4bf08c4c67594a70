"""What the learner has done, as plain data: read whole, written whole, in one step."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from runner.files import write_json
from runner.workspace.place import SCHEMA, refuse_newer


@dataclass
class Record:
    """One exercise's progress.

    Args:
        passed: the time of the first pass, by language (an empty name where the exercise has none).
        attempts: verdicts taken.
        hints: hints read.
        hinted_at: the number of attempts when the last hint was read.
        later: postponed by the learner.
        opened: laid out because the learner went there, whether unlocked or not.
        stages: the most stages that were complete at once, by language.
    """

    passed: dict[str, str] = field(default_factory=dict)
    attempts: int = 0
    hints: int = 0
    hinted_at: int = -1
    later: bool = False
    opened: bool = False
    stages: dict[str, int] = field(default_factory=dict)


@dataclass
class Progress:
    """All of it: records by pack and exercise id, and where the learner is.

    Args:
        seen: bytes of the history that are counted here; what stands behind them is caught up with.
    """

    packs: dict[str, dict[str, Record]] = field(default_factory=dict)
    current: tuple[str, str] | None = None
    skipped: list[str] = field(default_factory=list)
    seen: int = 0

    def record(self, pack: str, exercise: str) -> Record:
        """The record of EXERCISE, made if there was none."""
        return self.packs.setdefault(pack, {}).setdefault(exercise, Record())

    def known(self, pack: str, exercise: str) -> Record:
        """The record of EXERCISE to read; an empty one where there is none."""
        return self.packs.get(pack, {}).get(exercise) or Record()


def _first(*times: str | None) -> str:
    return min(each for each in times if each is not None)


def merged(one: Record, other: Record) -> Record:
    """What two records of one exercise tell together: a pass is never lost."""
    languages = [*one.passed, *other.passed]
    stages = [*one.stages, *other.stages]
    return Record(
        passed={each: _first(one.passed.get(each), other.passed.get(each)) for each in languages},
        attempts=one.attempts + other.attempts,
        hints=max(one.hints, other.hints),
        hinted_at=max(one.hinted_at, other.hinted_at),
        later=one.later or other.later,
        opened=one.opened or other.opened,
        stages={each: max(one.stages.get(each, 0), other.stages.get(each, 0)) for each in stages},
    )


class Unreadable(Exception):
    """The progress file is damaged."""


def read(path: Path) -> Progress:
    """The progress in the file PATH; empty where there is no file.

    Raises:
        Unreadable: the file is damaged.
        UsageError: a newer program wrote it.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Progress()
    except (ValueError, RecursionError) as error:  # not UTF-8, or not JSON
        raise Unreadable(str(error)) from None
    if not isinstance(data, dict):
        raise Unreadable("not a JSON object")
    refuse_newer(data, path)
    if data.get("schema") != SCHEMA:
        raise Unreadable(f"no schema {SCHEMA}")
    try:
        packs = {pack: {key: _record(each) for key, each in records.items()} for pack, records in data["packs"].items()}
        return Progress(packs, _place(data.get("current")), list(data.get("skipped", [])), int(data.get("seen", 0)))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(repr(error)) from None


def _record(data: dict[str, Any]) -> Record:
    known = asdict(Record())
    found = {key: value for key, value in data.items() if key in known}
    for key, value in found.items():
        if not isinstance(value, type(known[key])):
            raise TypeError(f"{key} of another shape")
    return Record(**found)


def _place(data: Any) -> tuple[str, str] | None:
    if data is None:
        return None
    if not isinstance(data, list) or not all(isinstance(each, str) for each in data):
        raise TypeError("a place of another shape")
    pack, exercise = data
    return pack, exercise


def write(path: Path, progress: Progress) -> None:
    """Replace the file PATH in one step."""
    packs = {pack: {key: asdict(each) for key, each in records.items()} for pack, records in progress.packs.items()}
    parts = {"current": progress.current, "skipped": progress.skipped, "seen": progress.seen, "packs": packs}
    write_json(path, {"schema": SCHEMA, **parts})


def now() -> str:
    """The time as the files keep it: UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def append_history(path: Path, entry: dict[str, Any]) -> int:
    """Add one line to the history and return its new size; a line that a crash cut short is ended first."""
    line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            line = b"\n" + line
        os.write(descriptor, line)
        return os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)


def read_history(path: Path, start: int = 0) -> list[dict[str, Any]]:
    """The attempts from the byte START on, oldest first; lines that cannot be read are passed over."""
    try:
        lines = path.read_bytes()[start:].split(b"\n")
    except FileNotFoundError:
        return []
    entries = []
    for line in lines:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            entries.append(entry)
    return entries


def catch_up(path: Path, progress: Progress) -> None:
    """Count in PROGRESS what the history PATH holds beyond it: all of it, or what a crash kept from the other file."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return
    if size <= progress.seen:
        return
    for entry in read_history(path, progress.seen):
        pack, exercise = entry.get("pack"), entry.get("exercise")
        if isinstance(pack, str) and isinstance(exercise, str):
            count(progress.record(pack, exercise), entry)
    progress.seen = size


def count(record: Record, entry: dict[str, Any]) -> None:
    """Count the attempt ENTRY, a line of the history, in its exercise's RECORD."""
    record.attempts += 1
    record.opened = True
    language, stages = str(entry.get("language", "")), entry.get("stages")
    if isinstance(stages, int):
        record.stages[language] = max(stages, record.stages.get(language, 0))
    if entry.get("status") == "passed":
        record.passed.setdefault(language, str(entry.get("at", "")))
        record.later = False
