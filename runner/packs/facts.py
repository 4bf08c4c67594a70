"""What a pack is, what of it runs on this machine, and what it needs: for a person who has to decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from runner.engines.find import needed
from runner.engines.images import PREFIX as IMAGE
from runner.isolation import Level, higher
from runner.packs.models import Exercise, Pack


@dataclass(frozen=True)
class Facts:
    """A pack in figures.

    Args:
        minutes: what all exercises take together, as their authors think.
        checks: files of checks.
        setups: exercises with a `setup.py`.
        scripts: `solve.sh` files among the answers.
        isolation: the highest level that an exercise asks for.
        engines: what runs need, by the names of `runner.engines.find`; some only for single checks.
    """

    name: str
    title: str
    authors: tuple[str, ...]
    license: str
    phases: int
    exercises: int
    minutes: int
    checks: int
    setups: int
    scripts: int
    solutions: bool
    isolation: Level
    engines: tuple[str, ...]


def facts(pack: Pack, language: str) -> Facts:
    """The figures of PACK for somebody who writes in LANGUAGE."""
    exercises = list(pack.exercises.values())
    isolation = pack.manifest.isolation
    for each in exercises:
        isolation = higher(isolation, each.isolation)
    engines = {engine for each in exercises for engine in _engines(each, language)}
    return Facts(
        name=pack.name,
        title=pack.manifest.title,
        authors=pack.manifest.authors,
        license=pack.manifest.license,
        phases=len(pack.manifest.phases),
        exercises=len(exercises),
        minutes=sum(each.manifest.minutes for each in exercises),
        checks=sum(len(each.check_files) for each in exercises),
        setups=sum((each.folder / "setup.py").is_file() for each in exercises),
        scripts=sum(1 for _ in Path(pack.root, "solutions").rglob("solve.sh")),
        solutions=pack.brings_solutions,
        isolation=isolation,
        engines=tuple(sorted(engines)),
    )


def _engines(exercise: Exercise, language: str) -> list[str]:
    manifest = exercise.manifest
    asked = [*manifest.engines, *(check.engine for check in manifest.checks if check.engine)]
    return [*needed(asked, exercise.language(language)), *(f"{IMAGE}{each}" for each in manifest.images)]
