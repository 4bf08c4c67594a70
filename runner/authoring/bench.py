"""The bench: one warm checker for an exercise in one language, and a folder for each answer tried on it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from runner.authoring.answers import Answer, apply
from runner.engines import Found
from runner.packs.models import Exercise
from runner.verify.client import Checker
from runner.verify.lay_out import Layer
from runner.verify.trial import follow, tools_of, versions_of
from runner.verify.verdict import Verdict


class Bench:
    """One checker, and folders to try answers in. To be closed.

    Args:
        place: an empty folder for the answers.
    """

    def __init__(self, exercise: Exercise, language: str, engines: dict[str, Found], place: Path) -> None:
        self.exercise = exercise
        self.language = language
        self.made = 0
        self._engines = engines
        self._place = place
        self._layer = Layer()
        self.checker = self._start()

    def verdict(self, seed: int, change: Callable[[Path], None], *, first_failure: bool = False) -> Verdict:
        """Lay the exercise out, CHANGE the folder, and take its verdict, all with SEED.

        Args:
            first_failure: end the run with the first check that does not pass.
        """
        with self._laid_out(seed, change) as (folder, given):
            engines = versions_of(self._engines)
            return follow(self.checker, folder, seed, given, engines, first_failure=first_failure)

    def lacks(self, check: str) -> str | None:
        """The engine that CHECK alone needs and that is not here."""
        engine = next((spec.engine for spec in self.exercise.manifest.checks if spec.id == check), None)
        return engine if engine not in self._engines else None

    def lay(self, answer: Answer, folder: Path) -> None:
        """Lay ANSWER over FOLDER; raises as `apply` does."""
        apply(answer, folder, self._engines)

    def answer(self, answer: Answer, seed: int, *, first_failure: bool = False) -> Verdict:
        """The verdict on ANSWER, as `verdict` takes it."""
        return self.verdict(seed, lambda folder: self.lay(answer, folder), first_failure=first_failure)

    def restart(self) -> None:
        """Go on with a new checker, after one that cannot be used any more."""
        self.checker.close()
        self.checker = self._start()

    def close(self) -> None:
        """End the checker, and what laid answers out."""
        self.checker.close()
        self._layer.close()

    def _start(self) -> Checker:
        return Checker(self.exercise, self.language, tools_of(self._engines), [self._place], ahead=0)

    @contextlib.contextmanager
    def _laid_out(self, seed: int, change: Callable[[Path], None]) -> Iterator[tuple[Path, dict[str, Any]]]:
        self.made += 1
        folder = self._place / str(self.made)
        folder.mkdir()
        try:
            given = self._layer.lay_out(self.exercise, self.language, folder, seed)
            change(folder)
            yield folder, given
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def weight(exercise: Exercise) -> float:
    """About how long a run of EXERCISE takes, compared with those of others: told by its limit and its engines."""
    return exercise.manifest.timeout * (1 + len(exercise.manifest.engines))
