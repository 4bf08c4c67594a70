"""What differs between two contents of one pack, in the words of its exercises."""

from __future__ import annotations

from dataclasses import dataclass

from runner.packs.content import digest
from runner.packs.models import Exercise, Pack

PARTS = {
    "starter": "starting files",
    "setup.py": "setup",
    "README.md": "brief",
    "checks": "checks",
    "exercise.toml": "manifest",
    "SUMMARY.md": "half page",
}
"""What an exercise consists of, and how a person calls it."""


@dataclass(frozen=True)
class Changes:
    """What came, went and changed; ids of exercises.

    Args:
        renamed: the old id and the new one of each.
        changed: the id, the new one where it is renamed too, and what of it is another, in words.
    """

    new: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()


def changes(old: Pack, new: Pack) -> Changes:
    """What a learner meets who goes from OLD to NEW."""
    renamed = renames(old, new)
    before = {each: each for each in new.exercises if each in old.exercises} | {now: was for was, now in renamed}
    compared = [(each, _differing(old.exercises[was], new.exercises[each])) for each, was in before.items()]
    return Changes(
        new=tuple(each for each in new.exercises if each not in before),
        renamed=renamed,
        changed=tuple((each, words) for each, words in compared if words),
        removed=tuple(each for each in old.exercises if each not in before.values()),
    )


def renames(old: Pack, new: Pack) -> tuple[tuple[str, str], ...]:
    """The exercises of OLD that NEW has under another id: the old id and the new one of each."""
    pairs = [(was, each.id) for each in new.exercises.values() for was in each.manifest.was]
    return tuple((was, now) for was, now in pairs if was in old.exercises and now not in old.exercises)


def _differing(old: Exercise, new: Exercise) -> str:
    return ", ".join(words for part, words in PARTS.items() if _hash(old, part) != _hash(new, part))


def _hash(exercise: Exercise, part: str) -> bytes | str | None:
    path = exercise.folder / part
    if path.is_dir():
        return digest(path)
    return path.read_bytes() if path.is_file() else None
