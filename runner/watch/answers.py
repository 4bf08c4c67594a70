"""Reading the right answers of an exercise beside the learner's own files."""

from __future__ import annotations

from pathlib import Path

from runner.errors import UsageError
from runner.packs.models import SUFFIXES, Exercise
from runner.screen.pages import MOST_BESIDE, Route


def read_routes(exercise: Exercise, language: str, folder: Path) -> tuple[Route, ...]:
    """The right answers to EXERCISE in LANGUAGE, each file beside the learner's own in FOLDER.

    Raises:
        UsageError: the pack's author keeps the answers.
    """
    if not Path(exercise.root, "solutions").is_dir():
        raise UsageError(f"The pack {exercise.pack} brings no solutions.", advice="learn list")
    routes = []
    for answer in sorted(exercise.answers.glob("right/*/")):
        paths = [path for path in sorted(answer.rglob("*")) if _readable(path, language)]
        if paths:
            routes.append(Route(answer.name, tuple(_beside(path, answer, folder) for path in paths)))
    return tuple(routes)


def _readable(path: Path, language: str) -> bool:
    own = not language or SUFFIXES.get(path.suffix, language) == language
    return path.is_file() and own and "__pycache__" not in path.parts


def _beside(path: Path, answer: Path, folder: Path) -> tuple[str, str, str | None]:
    name = path.relative_to(answer)
    own = folder / name
    return name.as_posix(), path.read_text(encoding="utf-8"), _begin(own) if own.is_file() else None


def _begin(own: Path) -> str:
    """The text of the learner's file OWN, or, of one that is too long to be laid beside an answer, so much of it."""
    with own.open(encoding="utf-8", errors="backslashreplace") as file:
        return file.read(MOST_BESIDE + 1)
