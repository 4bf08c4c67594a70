"""What a run prepares ahead for the learner's service: as many starts as the runs before it had."""

from __future__ import annotations

from pathlib import Path

from runner.verify.client import Checker
from runner.verify.trial import follow
from tests.verify.exercises import write_exercise, write_files

CHECKS = '''
from runner.kit import not_yet


def test_starts(api):
    """it starts three times"""
    waited = len(api._standbys)
    for _ in range(3):
        api.launch().wait()
    not_yet(expected="processes that waited", got=str(waited))
'''


def test_a_run_prepares_for_as_many_starts_as_the_runs_before_it_had(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path / "pack", CHECKS, ids=["starts"])
    work = write_files(tmp_path / "work", {"app.py": "print('hello')\n"})
    checker = Checker(exercise, "python", {})
    try:
        rows = [{row.label: row.text for row in follow(checker, work, 1, {}, {}).checks[0].details} for _ in range(4)]
    finally:
        checker.close()
    assert (rows[0]["got"], rows[-1]["got"]) == ("1", "3")
