"""Spelling, by codespell: a list of known mistakes, so that a word it does not know is no fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from runner.authoring.findings import Finding, inside
from runner.packs.models import Exercise

MISSING = "Spelling was not looked at: pip install 'backendlings[authors]' brings codespell."


def can_spell() -> bool:
    """Whether codespell is installed."""
    try:
        import codespell_lib  # noqa: F401
    except ImportError:
        return False
    return True


def spelling(exercises: Sequence[Exercise]) -> list[Finding]:
    """The misspelled words of what learners of EXERCISES read; checks among it, for their messages."""
    files = {str(file): exercise for exercise in exercises for file in _read(exercise)}
    if not files:
        return []
    command = [sys.executable, "-m", "codespell_lib", "--disable-colors", "--quiet-level", "7", *files]
    # In a folder without a setup.cfg or .codespellrc, so that everybody is told the same.
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent, check=False)
    found = []
    for line in done.stdout.splitlines():
        place, _, words = line.rpartition(": ")
        file, _, number = place.rpartition(":")
        if file in files and number.isdigit():
            wrong, _, right = words.partition(" ==> ")
            path = inside(files[file], Path(file))
            found.append(Finding(files[file].id, "spelling", path, wrong, f"write {right}", int(number)))
    return found


def _read(exercise: Exercise) -> list[Path]:
    names = ("README.md", "SUMMARY.md", "exercise.toml")
    there = [exercise.folder / name for name in names if (exercise.folder / name).is_file()]
    return [*there, *exercise.check_files]
