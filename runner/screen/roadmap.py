"""The roadmap, the list and the bars of progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from runner.screen.words import Signs, in_line, minutes

BAR = 20


@dataclass(frozen=True)
class Entry:
    """One exercise in the list. `state` is `passed`, `open`, `later` or `locked`."""

    pack: str
    id: str
    title: str
    state: str
    stars: int
    minutes: int
    extra: bool = False


@dataclass(frozen=True)
class PhaseRow:
    """One phase of the roadmap: how many of its exercises are passed."""

    id: str
    title: str
    months: str
    optional: bool
    passed: int
    total: int
    skipped: bool = False


STATES = {"passed": "green", "open": "bold", "later": "yellow", "locked": "dim"}
FILTERS = ("all", "open", "passed", "later", "locked")


def bar(passed: int, total: int, signs: Signs, width: int = BAR) -> Text:
    """A bar of WIDTH cells; full only when everything is passed."""
    filled = width * passed // total if total else 0
    return Text.assemble((signs.full * filled, "green"), (signs.empty * (width - filled), "dim"))


def progress_line(phase: PhaseRow | None, phases: Sequence[PhaseRow], signs: Signs) -> RenderableType:
    """Progress through the current phase and through the roadmap, in one line."""
    whole = [each for each in phases if not each.skipped]
    passed, total = sum(each.passed for each in whole), sum(each.total for each in whole)
    line = Text()
    if phase:
        line.append(f"{in_line(phase.title)} ")
        line.append_text(bar(phase.passed, phase.total, signs, 14))
        line.append(f" {phase.passed}/{phase.total}   ")
    line.append("roadmap ")
    line.append_text(bar(passed, total, signs, 14))
    line.append(f" {passed}/{total}")
    line.no_wrap = True
    return line


def status(phases: Sequence[PhaseRow], current: str, signs: Signs, pace: str) -> RenderableType:
    """The roadmap: each phase with its months and how much of it is done."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for phase in phases:
        words = f"{phase.passed} of {phase.total}" if phase.total else "no exercises yet"
        note = " (skipped)" if phase.skipped else " (optional)" if phase.optional else ""
        months = Text(f"months {in_line(phase.months)}" if phase.months else "")
        title = Text(in_line(phase.title), style="bold")
        table.add_row(title, months, bar(phase.passed, phase.total, signs), words + note)
    return Group(table, Text(), Text(f"You are at {current}."), Text(pace, style="dim"))


def listing(
    entries: Sequence[Entry],
    current: str,
    signs: Signs,
    cursor: int | None = None,
    first: int = 0,
    rows: int | None = None,
) -> RenderableType:
    """The list of exercises, ROWS of them from FIRST on, the one under CURSOR marked."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1, no_wrap=True)
    table.add_column(width=1, no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", no_wrap=True)
    marks = {"passed": signs.passed, "open": signs.waiting, "later": signs.dot, "locked": " "}
    last = len(entries) if rows is None else first + rows
    for index, entry in list(enumerate(entries))[first:last]:
        style = STATES[entry.state]
        pointer = signs.here if index == cursor else " "
        name = Text(entry.id, style=style + (" reverse" if index == cursor else ""))
        here = " (here)" if entry.id == current else ""
        extra = " (extra)" if entry.extra else ""
        size = f"{signs.star * entry.stars} {minutes(entry.minutes)}"
        title = Text(in_line(entry.title) + here + extra)
        table.add_row(pointer, Text(marks[entry.state], style=style), name, title, Text(size, style="dim"))
    return table


def matching(entries: Sequence[Entry], show: str, query: str) -> list[Entry]:
    """The entries of the state SHOW (or `all`) whose id or title holds QUERY."""
    wanted = query.lower()
    return [
        each
        for each in entries
        if show in ("all", each.state) and (wanted in each.id.lower() or wanted in each.title.lower())
    ]
