"""The quick gates: what can be seen in an exercise's files without a run of anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from runner.authoring.answers import Answer
from runner.authoring.findings import Finding
from runner.authoring.lint.brief import brief
from runner.authoring.lint.checks import UNREADABLE, checks
from runner.authoring.lint.leaks import leaks
from runner.authoring.lint.links import links
from runner.authoring.lint.order import order
from runner.packs.models import Exercise, Pack


def lint(exercise: Exercise, pack: Pack, answers: Sequence[Answer]) -> Iterator[Finding]:
    """The findings of the quick gates in EXERCISE, those first that stand in the way of others."""
    found = list(checks(exercise))
    yield from found
    yield from brief(exercise)
    yield from links(exercise)
    yield from order(exercise, pack)
    if all(each.gate != UNREADABLE for each in found):
        yield from leaks(exercise, answers)
