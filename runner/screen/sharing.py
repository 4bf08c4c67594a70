"""What a person sees before a pack is added or updated, and of the packs that are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from runner.engines import Missing
from runner.isolation import Level, enough
from runner.packs.changes import Changes
from runner.packs.facts import Facts
from runner.screen.words import in_line

MOST_NAMED = 12
"""Exercises of one kind of change that are named; of more the number is told."""


LABELS = 11
"""Cells of the widest label, so that pages below each other are in line."""


@dataclass(frozen=True)
class Listed:
    """One pack of a workspace: whatever is known of it, also where it cannot be used.

    Args:
        source: where it comes from; `pinned` what it is pinned to, `before` what it was; both may be empty.
        folder: where the learner's work on it lies.
        fault: why it cannot be used, and what helps; empty where it can.
    """

    name: str
    title: str
    exercises: int
    source: str
    pinned: str
    before: str
    folder: str
    fault: str


def offer(facts: Facts, source: str, found: str, folder: str) -> RenderableType:
    """What a pack is and where it would go.

    Args:
        found: the commit or the hash of what was fetched; empty for a folder.
    """
    by = ", ".join(facts.authors) or "nobody named"
    size = f"{_count(facts.exercises, 'exercise')} in {_count(facts.phases, 'phase')}, about {_hours(facts.minutes)}"
    rows = [
        ("from", source + (f", {found}" if found else ", used in place: what changes there is used at once")),
        ("by", f"{by}; license {facts.license or 'not named'}"),
        ("holds", size if facts.solutions else f"{size}; no solutions"),
        ("goes to", folder),
    ]
    return _page(f"{facts.name}: {facts.title}", rows)


def risks(facts: Facts, level: Level, refusal: str, missing: Sequence[Missing]) -> RenderableType:
    """What of a pack runs on this machine, and what it needs.

    Args:
        level: the level that the learner's programs would run at.
        refusal: why that cannot be had here; empty where it can.
    """
    gone = {each.name for each in missing}
    here = [each for each in facts.engines if each not in gone]
    rows = [
        ("runs", _programs(facts)),
        ("isolation", _isolation(facts, level, refusal)),
        ("engines", ", ".join(here) or ("none" if not missing else "none of them is here")),
        *(("missing", f"{each.name}: {each.reason}. {each.advice}") for each in missing),
    ]
    return _page("", rows)


def changes(name: str, old: str, new: str, found: Changes) -> RenderableType:
    """What an update of the pack NAME from the content OLD to NEW would bring."""
    rows = [
        ("new", _named(found.new)),
        ("renamed", _named(f"{was} is {now}" for was, now in found.renamed)),
        ("changed", _named(f"{name} ({words})" for name, words in found.changed)),
        ("removed", _named(found.removed)),
    ]
    told = [row for row in rows if row[1]] or [("", "All exercises are what they were.")]
    return _page(f"{name}: from {old} to {new}", told)


def listing(packs: Sequence[Listed]) -> RenderableType:
    """The packs of a workspace."""
    return Group(*map(_listed, packs))


def _listed(pack: Listed) -> RenderableType:
    rows = [
        ("from", pack.source),
        ("pinned to", pack.pinned),
        ("before", f"{pack.before}   (learn pack update {pack.name} --undo)" if pack.before else ""),
        ("holds", _count(pack.exercises, "exercise") if pack.exercises else ""),
        ("work in", pack.folder),
        ("fault", pack.fault),
    ]
    return _page(f"{pack.name}: {pack.title}" if pack.title else pack.name, [row for row in rows if row[1]])


def _page(title: str, rows: Iterable[tuple[str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=LABELS)
    for label, text in rows:
        table.add_row(Text(f"  {label}", style="dim"), Text(in_line(text), overflow="fold"))
    return Group(Text(in_line(title), style="bold"), table) if title else table


def _programs(facts: Facts) -> str:
    parts = [_count(facts.checks, "file") + " of checks"]
    parts += [_count(facts.setups, "setup.py", "setup.py")] if facts.setups else []
    scripts = f"; {_count(facts.scripts, 'solve.sh', 'solve.sh')} in learn pack check alone" if facts.scripts else ""
    return f"{' and '.join(parts)}: programs of its authors, which run on this machine with your rights{scripts}"


def _isolation(facts: Facts, level: Level, refusal: str) -> str:
    if refusal and enough(facts.isolation, level):
        return f"the pack asks for the level {level}, which is not to be had here: learn doctor"
    if refusal:
        return f"your own programs run at the level group, since {level} is not to be had here: learn doctor"
    return f"your own programs run at the level {level}"


def _named(names: Iterable[str]) -> str:
    every = list(names)
    more = f", and {len(every) - MOST_NAMED} more" if len(every) > MOST_NAMED else ""
    return ", ".join(every[:MOST_NAMED]) + more


def _count(number: int, word: str, several: str = "") -> str:
    return f"{number:,} {word if number == 1 else several or word + 's'}"


def _hours(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
