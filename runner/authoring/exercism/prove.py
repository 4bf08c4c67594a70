"""Trying imported checks with the track's own answers."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from runner.authoring.answers import apply, read_answers
from runner.packs.models import Exercise, Pack
from runner.verify.client import Checker
from runner.verify.lay_out import lay_out
from runner.verify.trial import follow, provided, tools_of, versions_of

SEED = 0
"""The checks draw nothing at random."""


def failing(pack: Pack) -> dict[str, dict[str, str]]:
    """The checks of each exercise that its right answer does not pass, or all where the starter does; and why."""
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        return dict(zip(pack.exercises, workers.map(_failing, pack.exercises.values()), strict=True))


def _failing(exercise: Exercise) -> dict[str, str]:
    engines, missing = provided(exercise, "python", lambda words: None)
    if missing:
        return {}
    with tempfile.TemporaryDirectory(prefix="learn-import-") as place:
        folder = Path(place, "work")
        folder.mkdir()
        checker = Checker(exercise, "python", tools_of(engines), [Path(place)])
        try:
            given = lay_out(exercise, "python", folder, SEED)
            if follow(checker, folder, SEED, given, versions_of(engines)).passed:
                return {each.id: "the untouched starter passes it" for each in exercise.manifest.checks}
            apply(read_answers(exercise)[0][0], folder, engines)
            verdict = follow(checker, folder, SEED, given, versions_of(engines))
        finally:
            checker.close()
    found = {
        each.id: f"the track's own answer does not pass: {each.message}"
        for each in verdict.checks
        if each.status != "passed"
    }
    if not found and not verdict.passed:
        found = {
            each.id: f"the track's own answer does not pass: {verdict.problem or verdict.status}"
            for each in exercise.manifest.checks
        }
    return found
