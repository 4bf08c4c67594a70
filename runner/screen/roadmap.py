"""The roadmap, the list and the bars of progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
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
    marks = {"passed": signs.passed, "open": signs.waiting, "later": signs.dot, "locked": " "}
    last = len(entries) if rows is None else first + rows
    return _Listing(
        [
            _Row(
                pointer=signs.here if index == cursor else " ",
                mark=marks[entry.state],
                name=in_line(entry.id),
                title=in_line(entry.title)
                + (" (here)" if entry.id == current else "")
                + (" (extra)" if entry.extra else ""),
                size=f"{signs.star * entry.stars} {minutes(entry.minutes)}",
                style=STATES[entry.state],
            )
            for index, entry in list(enumerate(entries))[first:last]
        ]
    )


@dataclass(frozen=True)
class _Row:
    """One line of the list."""

    pointer: str
    mark: str
    name: str
    title: str
    size: str
    style: str


class _Listing:
    """The lines of the list, for a window of any width.

    Not a table of rich's: that measures and wraps each cell, which for a thousand exercises takes most of a second.
    """

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Each row as the window is wide: the title gives way first, then the size."""
        names = max((cell_len(row.name) for row in self._rows), default=0)
        sizes = max((cell_len(row.size) for row in self._rows), default=0)
        titles = max(0, options.max_width - GAPS - names - sizes)
        dim = Style(dim=True)
        styles = {state: Style.parse(state) for state in STATES.values()}
        under = {state: Style.parse(f"{state} reverse") for state in STATES.values()}
        for row in self._rows:
            style = styles[row.style]
            padding = " " * (names - cell_len(row.name) + 1)
            size = " " * (sizes - cell_len(row.size)) + row.size
            line = [
                Segment(f"{row.pointer} "),
                Segment(row.mark, style),
                Segment(" "),
                Segment(row.name, under[row.style] if row.pointer.strip() else style),
                Segment(padding + _fitted(row.title, titles) + " "),
                Segment(size, dim),
            ]
            yield from Segment.adjust_line_length(line, options.max_width, pad=False)
            yield Segment.line()


GAPS = 6
"""Cells of a line that are neither name nor title nor size: pointer, mark, and the blanks between."""


def _fitted(text: str, width: int) -> str:
    """TEXT in WIDTH cells, with a sign where it was cut."""
    return set_cell_size(text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)) + "…", width)


def matching(entries: Sequence[Entry], show: str, query: str) -> list[Entry]:
    """The entries of the state SHOW (or `all`) whose id or title holds QUERY."""
    wanted = query.lower()
    return [
        each
        for each in entries
        if show in ("all", each.state) and (wanted in each.id.lower() or wanted in each.title.lower())
    ]
