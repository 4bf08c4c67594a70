"""What the gates found in a pack, for an author: by exercise, the first fault first, each with what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from runner.authoring.findings import Finding
from runner.screen.words import clean, in_line

INDENT = 10
"""Columns in front of a fault's text: two, its label, and a gap."""


def faults(findings: Sequence[Finding], recheck: str, width: int) -> Text:
    """FINDINGS as lines at most WIDTH wide, but for paths and commands, which stay whole to be copied.

    Args:
        recheck: the command that checks one exercise again, without the exercise's id; none is named where it is empty.
    """
    shown = Text()
    for exercise in dict.fromkeys(each.exercise for each in findings):
        mine = [each for each in findings if each.exercise == exercise]
        shown.append(f"\n{in_line(exercise)}: {counted(len(mine), 'fault')}\n", style="bold")
        for finding in mine:
            place = f"{finding.file}:{finding.line}" if finding.line else finding.file
            shown.append(f"\n  {in_line(place)}\n", style="cyan")
            for label, text in _rows(finding):
                shown.append(f"  {label:<{INDENT - 2}}", style="dim").append("\n".join(_wrapped(text, width)) + "\n")
        shown.append(f"\n  check it again: {recheck} {in_line(exercise)}\n" if recheck else "")
    return shown


def _rows(finding: Finding) -> list[tuple[str, str]]:
    gate = f"{finding.gate}, {finding.language}" if finding.language else finding.gate
    return [("gate", gate), ("found", finding.found), ("next", finding.todo)]


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of TEXT, each after the first one indented."""
    lines = [
        part
        for line in clean(text).strip().splitlines()
        for part in textwrap.wrap(line, max(width - INDENT, INDENT), break_on_hyphens=False) or [""]
    ]
    yield from (line if not index else " " * INDENT + line for index, line in enumerate(lines))


def summary(exercises: int, runs: int, findings: Sequence[Finding], blocked: Iterable[str], first_seed: int) -> str:
    """The last line of a report."""
    parts = [counted(exercises, "exercise"), counted(runs, "run"), counted(len(findings), "fault")]
    spoiled = len({each.exercise for each in findings})
    if exercises > 1 and spoiled:
        parts[-1] += f" in {counted(spoiled, 'exercise')}"
    stopped = sum(1 for _ in blocked)
    if stopped:
        parts.append(f"{stopped} not tried")
    return f"{', '.join(parts)}; seeds from {first_seed}"


def counted(number: int, thing: str) -> str:
    """`1 fault`, `2 faults`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
