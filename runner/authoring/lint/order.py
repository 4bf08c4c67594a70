"""The teaching order: what an exercise speaks of comes before it.

That exercises and topics stand behind those that they require, so that no circle can be, is a rule of the format, and
told when the pack is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from runner.authoring.findings import Finding, path_in
from runner.packs.load import ID
from runner.packs.models import Exercise, Pack

MENTION = re.compile(rf"(?<![\w./-]){ID.pattern}(?![\w/-])")

AHEAD = re.compile(r"\b(later|next|follows|comes after|will)\b")
"""Words by which a sentence says that an exercise is still to come."""


def order(exercise: Exercise, pack: Pack) -> Iterator[Finding]:
    """The exercises that the texts of EXERCISE name, and that come after it without a word that says so."""
    ids = list(pack.exercises)
    after = set(ids[ids.index(exercise.id) + 1 :])
    renamed = {old: each.id for each in pack.exercises.values() for old in each.manifest.was}
    for name in ("README.md", "SUMMARY.md", "exercise.toml"):
        file = path_in(exercise, name)
        for number, mention, around in _mentions(exercise.folder / name):
            if mention in after and not AHEAD.search(around):
                found, todo = f"{mention} comes after this exercise", "name an earlier one, or say that it comes later"
                yield Finding(exercise.id, "order", file, found, todo, number)
            elif mention in renamed:
                found, todo = f"{mention} has another name now", f"write {renamed[mention]}"
                yield Finding(exercise.id, "order", file, found, todo, number)


def _mentions(file: Path) -> Iterator[tuple[int, str, str]]:
    """What looks like an id in FILE: the line's number, the id, and the line with the one before it."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, 1):
        if file.suffix == ".toml" and line.startswith(("requires", "was")):
            continue
        for mention in MENTION.finditer(line):
            yield number, mention.group(), " ".join(lines[max(0, number - 2) : number])
