"""From the checker's events to the verdict; and the straight way to one verdict for commands that wait for it."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from runner.engines import Found, Missing
from runner.engines.find import find_all, needed
from runner.engines.images import PREFIX as IMAGE
from runner.engines.provide import fetchable, provide, told
from runner.isolation import Level
from runner.packs.models import Exercise
from runner.verify.client import Checker
from runner.verify.verdict import NO_FAILURE, CheckResult, Verdict, check_result, judge

MOST_SEED = 1_000_000


def new_seed() -> int:
    """A seed for a run's random inputs, short enough to type."""
    return random.SystemRandom().randrange(MOST_SEED)


def engines_of(exercise: Exercise, language: str) -> tuple[dict[str, Found], list[Missing]]:
    """The engines that a run uses: those found, by name, and those missing without which it cannot be."""
    images = [f"{IMAGE}{each}" for each in exercise.manifest.images]
    found, missing = find_all([*needed(exercise.manifest.engines, language), *images])
    alone = {spec.engine for spec in exercise.manifest.checks if spec.engine} - {each.name for each in missing}
    found |= find_all(needed(sorted(alone - found.keys()), ""))[0]
    return found, missing


def provided(exercise: Exercise, language: str, tell: Callable[[str], None]) -> tuple[dict[str, Found], list[Missing]]:
    """The engines as `engines_of` has them, after what is missing and can be fetched was; TELL is told first."""
    engines, missing = engines_of(exercise, language)
    names = fetchable(missing)
    if not names:
        return engines, missing
    tell(told(names))
    results = {name: provide(name, dict(os.environ), tell) for name in names}
    engines |= {name: each for name, each in results.items() if isinstance(each, Found)}
    others = [each for each in missing if each.name not in results]
    return engines, [*others, *(each for each in results.values() if isinstance(each, Missing))]


class Trial:
    """One run on its way to a verdict.

    Args:
        run: the run's number, as `Checker.run` gave it.
        engines: the versions of the engines in use, by name.
    """

    def __init__(self, exercise: Exercise, language: str, seed: int, run: int, engines: dict[str, str]) -> None:
        self.exercise = exercise
        self.language = language
        self.seed = seed
        self.run = run
        self.results: list[CheckResult] = []
        self._engines = engines
        self._content = ""
        self._isolation: Level | Literal[""] = ""
        self._began = time.perf_counter()
        self._specs = {spec.id: spec for spec in exercise.manifest.checks}

    def take(self, event: dict[str, Any]) -> Verdict | None:
        """Take one event of the checker; the verdict when it was the last. Other runs' events are passed over."""
        if event["event"] in ("fault", "gone"):
            return self._blocked(event) if event.get("blocked") else self._faulty(event["words"])
        if event.get("run") != self.run:
            return None
        if event["event"] == "start":
            self._isolation = event["isolation"]
            self._content = event["content"]
        if event["event"] == "check" and event["check"] in self._specs:
            self.results.append(check_result(event, self._specs[event["check"]]))
        return self._verdict(event) if event["event"] == "end" else None

    def ended_by(self, failure: CheckResult) -> Verdict:
        """The verdict where nobody waits for the checks after FAILURE."""
        return self._made(status=failure.status)

    def _verdict(self, event: dict[str, Any]) -> Verdict:
        if "problem" in event:  # the learner's files or program could not be used, so no check was run
            return self._made(status=event["status"], problem=event["problem"])
        status, problem = judge(self.exercise, self.results, event["how"])
        return self._made(status=status, problem=problem, output=event.get("output", ""))

    def _faulty(self, words: str) -> Verdict:
        return self._made(
            status="error",
            problem=f"The checks of {self.exercise.id} could not be used: {words}",
            advice=f"learn pack check --exercise {self.exercise.id}",
        )

    def _blocked(self, event: dict[str, Any]) -> Verdict:
        self.results.clear()  # a check that failed for want of an engine says nothing of the answer
        return self._made(
            status="blocked",
            problem=event["words"],
            advice=event["advice"],
        )

    def _made(self, **parts: Any) -> Verdict:
        return Verdict(
            pack=self.exercise.pack,
            exercise=self.exercise.id,
            language=self.language,
            content=self._content,
            seed=self.seed,
            checks=tuple(self.results),
            engines=self._engines,
            isolation=self._isolation,
            duration_ms=(time.perf_counter() - self._began) * 1000,
            **parts,
        )


def blocked(exercise: Exercise, language: str, missing: list[Missing]) -> Verdict:
    """The verdict where engines are missing."""
    reasons = "; ".join(f"{each.name}: {each.reason}" for each in missing)
    return Verdict(
        pack=exercise.pack,
        exercise=exercise.id,
        language=language,
        content="",
        seed=0,
        status="blocked",
        problem=f"This exercise needs what is not here. {reasons}.",
        advice=missing[0].advice,
    )


def tools_of(engines: dict[str, Found]) -> dict[str, str]:
    """The programs that a run may start, by name: full paths."""
    return {name: found.path for name, found in engines.items() if not name.startswith(IMAGE)}


def versions_of(engines: dict[str, Found]) -> dict[str, str]:
    """The engines' versions by name."""
    return {name: found.version for name, found in engines.items()}


def run_once(
    exercise: Exercise,
    folder: Path,
    language: str,
    *,
    seed: int | None = None,
    given: dict[str, Any] | None = None,
    root: Path | None = None,
    on_result: Callable[[CheckResult], None] = lambda result: None,
    tell: Callable[[str], None] = lambda words: None,
) -> Verdict:
    """Take one verdict on FOLDER with a checker of its own.

    Args:
        seed: for the random inputs; a new one unless told.
        given: what the exercise's `setup.py` returned for this folder.
        root: the folder that holds all of the learner's work, not to be seen by their programs; FOLDER unless told.
        on_result: called with each check's result as it comes.
        tell: called with a line for the learner before something is fetched or started.
    """
    engines, missing = provided(exercise, language, tell)
    if missing:
        return blocked(exercise, language, missing)
    checker = Checker(exercise, language, tools_of(engines), [root or folder], ahead=0)
    if checker.starting:
        tell(f"Starting {' and '.join(checker.starting)} ...")
    try:
        return follow(
            checker,
            folder,
            new_seed() if seed is None else seed,
            given or {},
            versions_of(engines),
            on_result,
        )
    finally:
        checker.close()


def follow(
    checker: Checker,
    folder: Path,
    seed: int,
    given: dict[str, Any],
    engines: dict[str, str],
    on_result: Callable[[CheckResult], None] = lambda result: None,
    *,
    first_failure: bool = False,
) -> Verdict:
    """Ask CHECKER for a verdict on FOLDER and wait for it.

    Args:
        first_failure: the first check that does not pass is the verdict, and those after it are not waited for.
    """
    trial = Trial(checker.exercise, checker.language, seed, checker.run(folder, seed, given), engines)
    while True:
        for event in checker.events():
            seen = len(trial.results)
            verdict = trial.take(event)
            for result in trial.results[seen:]:
                on_result(result)
                if first_failure and result.status not in NO_FAILURE and not verdict:
                    checker.cancel()
                    return trial.ended_by(result)
            if verdict:
                return verdict
