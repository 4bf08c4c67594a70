"""What a gate finds: plain data that says where to look and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from runner.packs.models import Exercise


@dataclass(frozen=True)
class Finding:
    """One fault.

    Args:
        exercise: the id of the exercise.
        gate: the gate that found it.
        file: a file or folder that is there, as a path inside the pack.
        found: what is wrong, in words.
        todo: what to do.
        line: the line in the file; 0 where it is not known.
        language: the language that it was found in; empty where that makes no difference.
    """

    exercise: str
    gate: str
    file: str
    found: str
    todo: str
    line: int = 0
    language: str = ""


def path_in(exercise: Exercise, name: str) -> str:
    """The path inside the pack of NAME in the exercise's folder; of the folder itself where there is no such file."""
    path = exercise.folder / name
    return inside(exercise, path if path.exists() else exercise.folder)


def inside(exercise: Exercise, path: Path) -> str:
    """PATH as one inside the exercise's pack."""
    return path.relative_to(exercise.root).as_posix()


def line_of(path: Path, words: str) -> int:
    """The first line of the file PATH that holds WORDS; 0 where none does, or there is no such file."""
    if not path.is_file():
        return 0
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 0)
