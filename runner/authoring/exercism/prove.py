"""Trying imported checks with the track's own answers."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from runner.authoring.answers import read_answers
from runner.authoring.bench import Bench
from runner.packs.models import Exercise, Pack
from runner.verify.trial import provided

SEED = 0
"""The checks draw nothing at random."""


def failing(pack: Pack) -> dict[str, dict[str, str]]:
    """The checks of each exercise that its right answer does not pass, or all where the starter does; and why."""
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        return dict(zip(pack.exercises, workers.map(_failing, pack.exercises.values()), strict=True))


def _failing(exercise: Exercise) -> dict[str, str]:
    engines, _ = provided(exercise, "python", lambda words: None)
    answers, _ = read_answers(exercise)
    with tempfile.TemporaryDirectory(prefix="learn-import-") as place:
        bench = Bench(exercise, "python", engines, Path(place))
        try:
            if bench.verdict(SEED, lambda folder: None).passed:
                return {each.id: "the untouched starter passes it" for each in exercise.manifest.checks}
            verdict = bench.answer(answers[0], SEED)
        finally:
            bench.close()
    found = {each.id: each.message for each in verdict.checks if each.status != "passed"}
    if not found and not verdict.passed:
        found = {each.id: verdict.problem or verdict.status for each in exercise.manifest.checks}
    return {name: f"the track's own answer does not pass: {words}" for name, words in found.items()}
