"""Trying mutants: each against the checks of its exercise, until one refuses it or none does."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from runner.authoring.answers import Answer, SolveFailed
from runner.authoring.bench import Bench, weight
from runner.authoring.mutation.edits import Mutant
from runner.authoring.mutation.plan import Unit
from runner.authoring.side_by_side import side_by_side
from runner.engines import Found
from runner.errors import LearnError
from runner.packs.models import Exercise
from runner.verify.trial import provided

SLOWER = 4
"""Times the slowest right answer's run that a mutant may take: an endless loop need not wait for the whole limit."""

SPARE = 2.0
"""Seconds that it may take besides, for a machine that is busy."""


@dataclass(frozen=True)
class Fault:
    """A mutant for which a check itself failed, or a right answer that cannot be tried."""

    exercise: str
    language: str
    place: str
    found: str
    diff: str = ""


@dataclass
class Result:
    """How the mutants of one unit fared."""

    unit: Unit
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    blocked: str = ""

    @property
    def tried(self) -> int:
        """The mutants that were judged."""
        return self.killed + len(self.survivors)


def try_all(
    units: Sequence[Unit], seeds: Sequence[int], jobs: int, on_unit: Callable[[Result], None] = lambda result: None
) -> list[Result]:
    """Try the mutants of UNITS, JOBS units at a time.

    Args:
        seeds: a mutant survives when it passes on each of them.
        on_unit: called as each unit is done; those that take longest are begun first.
    """
    return side_by_side(
        lambda unit, between: _try_unit(unit, seeds, between),
        units,
        jobs,
        lambda unit: weight(unit.exercise) * sum(len(mutants) for _, mutants in unit.answers),
        lambda unit, result: on_unit(result),
    )


@dataclass(frozen=True)
class _Stand:
    """Where answers are tried: their bench, the seeds to pass on, and what is called before each run."""

    bench: Bench
    seeds: Sequence[int]
    between: Callable[[], None]


def _try_unit(unit: Unit, seeds: Sequence[int], between: Callable[[], None]) -> Result:
    result = Result(unit, blocked=unit.blocked)
    if unit.blocked or not any(mutants for _, mutants in unit.answers):
        return result
    engines, missing = provided(unit.exercise, unit.language, lambda words: None)
    if missing:
        result.blocked = f"{missing[0].reason}; {missing[0].advice}"
        return result
    with tempfile.TemporaryDirectory(prefix="learn-mutants-") as place:
        with _bench(unit.exercise, unit.language, engines, Path(place, "right")) as bench:
            slowest, sound = _prove(_Stand(bench, seeds, between), unit, result)
        with _bench(_within(unit.exercise, slowest), unit.language, engines, Path(place, "mutants")) as bench:
            for answer, mutants in sound:
                for mutant in mutants:
                    _take(result, mutant, *_fate(_Stand(bench, seeds, between), answer, mutant))
    return result


@contextlib.contextmanager
def _bench(exercise: Exercise, language: str, engines: dict[str, Found], place: Path) -> Iterator[Bench]:
    place.mkdir()
    bench = Bench(exercise, language, engines, place)
    try:
        yield bench
    finally:
        bench.close()


def _prove(stand: _Stand, unit: Unit, result: Result) -> tuple[float, list[tuple[Answer, tuple[Mutant, ...]]]]:
    """The seconds of the slowest right answer, and the answers that pass: mutants of others would all seem killed."""
    slowest, sound = 0.0, []
    for answer, mutants in unit.answers:
        found = ""
        for seed in stand.seeds:
            began = time.monotonic()
            found = found or _judge(stand, answer, None, seed)[1]
            slowest = max(slowest, time.monotonic() - began)
        if found:
            result.faults.append(_fault(unit, answer.name, f"it does not pass as it is: {found}"))
        else:
            sound.append((answer, mutants))
    return slowest, sound


def _within(exercise: Exercise, slowest: float) -> Exercise:
    """EXERCISE with less time where its right answers take much less than they may."""
    limit = min(exercise.manifest.timeout, SPARE + SLOWER * slowest)
    return replace(exercise, manifest=replace(exercise.manifest, timeout=limit))


Fate = Literal["passed", "refused", "error", "blocked"]


def _fate(stand: _Stand, answer: Answer, mutant: Mutant) -> tuple[Fate, str]:
    """How MUTANT fares on the seeds: the first that is no pass, and words for it."""
    for seed in stand.seeds:
        fate, words = _judge(stand, answer, mutant, seed)
        if fate in ("error", "blocked"):
            stand.bench.restart()  # once more, since it may be the checker that ended, by an earlier one
            fate, words = _judge(stand, answer, mutant, seed)
        if fate != "passed":
            return fate, words
    return "passed", ""


def _judge(stand: _Stand, answer: Answer, mutant: Mutant | None, seed: int) -> tuple[Fate, str]:
    """How ANSWER fares on SEED, with the mistake of MUTANT where there is one."""
    stand.between()

    def change(folder: Path) -> None:
        stand.bench.lay(answer, folder)
        if mutant:
            (folder / mutant.file).write_bytes(mutant.text)

    try:
        verdict = stand.bench.verdict(seed, change, first_failure=True)
    except (SolveFailed, LearnError) as error:
        return "error", str(error)
    if verdict.passed:
        return "passed", ""
    first = verdict.first_failure()
    words = verdict.problem or (f"{first.id}: {first.message}" if first else verdict.status)
    if verdict.status == "error":
        return "error", f"{words} (seed {seed})"
    return ("blocked" if verdict.status == "blocked" else "refused"), words


def _take(result: Result, mutant: Mutant, fate: Fate, words: str) -> None:
    if fate == "refused":
        result.killed += 1
    elif fate == "passed":
        result.survivors.append(mutant)
    elif fate == "blocked":
        result.blocked = words
    else:
        result.faults.append(_fault(result.unit, mutant.place, words, mutant.diff))


def _fault(unit: Unit, place: str, found: str, diff: str = "") -> Fault:
    return Fault(unit.exercise.id, unit.language, place, found, diff)
