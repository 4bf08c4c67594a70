"""The hostile suite: known attacks as learners' answers, tried on this machine level by level.

An attack is held when its verdict is one that the table allows, the other check's result is kept, the run ends within
its limit plus a second, nothing of it is left, and the next right answer passes.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from runner.authoring.answers import Answer, apply, read_answers
from runner.engines import Found
from runner.errors import PackError
from runner.isolation import Level
from runner.packs import manifest
from runner.packs.catalogue import builtin_root
from runner.packs.load import load
from runner.packs.models import SUFFIXES, Exercise
from runner.verify.client import Checker
from runner.verify.lay_out import Layer
from runner.verify.trial import engines_of, follow, tools_of, versions_of
from runner.verify.verdict import Verdict

MARK = "backendlings-attack"
"""In the name of every file, and the command line of every process, that an attack leaves behind."""

PORT = 47391
"""What attacks listen on when they leave a server behind."""

SLACK = 1.0
"""Seconds that a run may take beyond its limit."""

CLEANING = 3.0
"""Seconds after the verdict within which all that an attack left must be gone."""

OTHER = "other"
"""The check whose result no attack on the first one may lose."""


@dataclass(frozen=True)
class Case:
    """A row of a kind's `cases.toml`; the suite's README says what each key means."""

    number: int
    what: str
    answer: str
    expect: tuple[Literal["failed", "crashed", "timeout", "overlimit", "error"], ...]
    says: tuple[str, ...] = ()
    level: Level = "group"
    keeps: bool = True


@dataclass(frozen=True)
class Table:
    """A `cases.toml`."""

    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Attack:
    """One case in one language: the file or folder to lay over the starter of the exercise `kind`."""

    kind: str
    case: Case
    language: str
    path: Path

    @property
    def name(self) -> str:
        """Such as `function/busy-loop, javascript`."""
        return f"{self.kind}/{self.case.answer}" + (f", {self.language}" if self.language else "")


@dataclass(frozen=True)
class Outcome:
    """How an attack went at a level: not held for each of the reasons in `faults`."""

    attack: Attack
    level: Level
    verdict: Verdict
    faults: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether the attack came to nothing."""
        return not self.faults


def suite_root() -> Path:
    """The folder of the suite: inside the installed package, or among the tests of the source tree."""
    installed = builtin_root() / "hostile"
    return installed if installed.is_dir() else builtin_root() / "tests" / "hostile"


def read_attacks() -> list[Attack]:
    """Every attack of the suite, kind by kind in the order of their tables.

    Raises:
        PackError: a table has faults, or names an answer that is not there.
    """
    tables = sorted((suite_root() / "answers").glob("*/cases.toml"))
    return [attack for table in tables for attack in _attacks_of(table)]


def _attacks_of(path: Path) -> list[Attack]:
    table, faults = manifest.read(path, Table, f"{path.parent.name}/cases.toml")
    if table is None:
        raise PackError("A table of hostile answers cannot be used.", faults, advice="learn doctor")
    attacks = [attack for case in table.cases for attack in _attacks(case, path.parent)]
    missing = {case.answer for case in table.cases} - {attack.case.answer for attack in attacks}
    if missing:
        raise PackError(f"{path} names answers that are not there: {', '.join(sorted(missing))}.", [])
    return attacks


def _attacks(case: Case, folder: Path) -> Iterator[Attack]:
    place = folder / case.answer
    for path in [place, *sorted(place.parent.glob(f"{place.name}.*"))]:
        if path.is_dir():
            written = {SUFFIXES[each.suffix] for each in path.iterdir() if each.suffix in SUFFIXES}
            languages: list[str] = [*sorted(written)] or [""]
            yield from (Attack(folder.name, case, language, path) for language in languages)
        elif path.is_file():
            yield Attack(folder.name, case, SUFFIXES.get(path.suffix, ""), path)


class Range:
    """Where attacks on one kind of exercise are tried at one level: one checker, which must outlive them all.

    Args:
        ahead: runs that wait, as `Checker` has them.
    """

    def __init__(self, exercise: Exercise, language: str, level: Level, place: Path, *, ahead: int = 0) -> None:
        self._exercise = exercise
        self._language = language
        self._level = level
        self._place = place
        self._made = 0
        self._layer = Layer()
        engines, missing = engines_of(exercise, language)
        if missing:
            raise PackError(f"{missing[0].name}: {missing[0].reason}", [], advice=missing[0].advice)
        self._engines: dict[str, Found] = engines
        (self._right, *_) = [each for each in read_answers(exercise)[0] if language in each.languages(exercise)]
        self.checker = Checker(exercise, language, tools_of(engines), [place], level, ahead=ahead)

    def try_out(self, attack: Attack) -> Outcome:
        """Run ATTACK, then a right answer, and tell what was not as it should be."""
        verdict = self._verdict(lambda folder: self._lay(attack, folder))
        # The verdict's own time: what laying out the attack takes is no part of the run.
        faults = [*_about(attack.case, verdict), *self._late(verdict.duration_ms / 1000), *_left_behind()]
        following = self._verdict(lambda folder: apply(self._right, folder, self._engines))
        if not following.passed:
            faults.append(f"the next right answer ended as {following.status}: {following.problem}")
        return Outcome(attack, self._level, verdict, tuple(faults))

    def close(self) -> None:
        """End the checker, and what laid answers out."""
        self.checker.close()
        self._layer.close()

    def _late(self, seconds: float) -> Iterator[str]:
        most = self._exercise.manifest.timeout + SLACK
        if seconds > most:
            yield f"its verdict took {seconds:.1f} s, the limit is {most:g} s"

    def _verdict(self, change: Callable[[Path], None]) -> Verdict:
        self._made += 1
        folder = self._place / str(self._made)
        folder.mkdir()
        given = self._layer.lay_out(self._exercise, self._language, folder, self._made)
        change(folder)
        try:
            return follow(self.checker, folder, self._made, given, versions_of(self._engines))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _lay(self, attack: Attack, folder: Path) -> None:
        if attack.path.is_dir():
            apply(Answer(attack.path, None), folder, self._engines)
        else:
            (only,) = self._exercise.starter(self._language).iterdir()
            shutil.copy(attack.path, folder / only.name)


def _about(case: Case, verdict: Verdict) -> Iterator[str]:
    """What VERDICT says that it should not."""
    if verdict.status not in case.expect:
        yield f"its verdict is {verdict.status}, not {' or '.join(case.expect)}"
    text = "\n".join([verdict.problem, *(row.text for check in verdict.checks for row in check.details)])
    yield from (f"its message does not say {words!r}" for words in case.says if words not in text)
    kept = any(check.id == OTHER and check.status == "passed" for check in verdict.checks)
    if case.keeps and not kept:
        yield "the other check's result is lost"


def _left_behind() -> list[str]:
    """What is there of an attack when it had time to go; files are removed, so that the next one is not blamed."""
    limit = time.monotonic() + CLEANING
    while (found := [*_processes(), *_port()]) and time.monotonic() < limit:
        time.sleep(0.02)
    return [*found, *_files()]


def _processes() -> Iterator[str]:
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if MARK.encode() in (place / "cmdline").read_bytes():
                yield f"process {place.name} is left"


def _port() -> Iterator[str]:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            yield f"port {PORT} is taken"


def _files() -> Iterator[str]:
    home = pwd.getpwuid(os.getuid()).pw_dir
    for place in dict.fromkeys(["/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir(), home]):
        for path in Path(place).glob(f"{MARK}*"):
            _remove(path)
            yield f"{path} is left"


def exercise_of(attack: Attack) -> Exercise:
    """The exercise that ATTACK is tried on."""
    return load(suite_root() / "pack").exercises[f"kinds/{attack.kind}"]


def try_all(attacks: list[Attack], level: Level) -> Iterator[Outcome]:
    """Try ATTACKS at LEVEL, those on one kind and language with one checker."""
    with tempfile.TemporaryDirectory(prefix="learn-attack-") as place:
        for kind, language in dict.fromkeys((each.kind, each.language) for each in attacks):
            group = [each for each in attacks if (each.kind, each.language) == (kind, language)]
            folder = Path(place, f"{kind}-{language}")
            folder.mkdir()
            bench = Range(exercise_of(group[0]), language, level, folder)
            try:
                yield from map(bench.try_out, group)
            finally:
                bench.close()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
