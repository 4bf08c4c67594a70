"""The verdict on screen: the first failure whole, the other checks one line each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from runner.packs.models import Exercise
from runner.screen.output import Quoted, printed
from runner.screen.words import HEADLINES, HINT_NAMES, STYLES, Signs, clean, in_line, minutes, sign_of
from runner.verify.verdict import NO_FAILURE, CheckResult, Row, Verdict

MOST_LINES = 12
"""Lines that one row of a failing message may take; `-v` shows all."""

MOST_CHARACTERS, MOST_WITH_ALL = 800, 50_000
"""Characters that one row may take, and with `-v`: a program can print a line of a million."""

PRINTED = ("stderr", "printed")
"""Rows that hold what the learner's program printed. All others hold names and values, whose colours are no colours."""

LABEL_WIDTH = 10


def heading(exercise: Exercise, files: Sequence[Path], root: Path, signs: Signs) -> RenderableType:
    """The exercise's name and size, and the files to work on as links."""
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(justify="right", no_wrap=True)
    size = f"{signs.star * exercise.manifest.stars} {minutes(exercise.manifest.minutes)}"
    line.add_row(Text.assemble((exercise.id, "bold"), "  ", in_line(exercise.manifest.title)), Text(size, style="dim"))
    places = [_link(path, root) for path in files[:3]]
    return Group(line, *places)


def _link(path: Path, root: Path) -> Text:
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return Text(in_line(f"{shown}"), style=Style(color="cyan", link=path.absolute().as_uri()))


def outcome(
    verdict: Verdict,
    exercise: Exercise,
    signs: Signs,
    *,
    next_step: str,
    starting_point: bool = False,
    whole: bool = False,
) -> RenderableType:
    """What the verdict says: one headline, and the first failure whole in the rows of the style guide.

    Args:
        next_step: what the learner does now, such as `fix it and save`.
        starting_point: the files are as they were laid out.
        whole: show every failure whole, and all of each.
    """
    count = sum(each.status == "passed" for each in verdict.checks)
    total = len(exercise.manifest.checks)
    sign = sign_of(verdict.status, signs)
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True)
    style = f"bold {STYLES[verdict.status]}"
    tally = "" if verdict.status == "blocked" else f"{count} of {total} checks pass"
    head.add_row(Text(f"{sign} {HEADLINES[verdict.status]}", style=style), Text(tally, style="dim"))
    parts: list[RenderableType] = [head]
    if starting_point and verdict.status != "passed":
        parts.append(Text("  This is the expected starting point: nothing is changed yet.", style="dim"))
    first = verdict.first_failure()
    failures = [each for each in verdict.checks if each.status not in NO_FAILURE] if whole else [first]
    parts += [failure(each, None if whole else MOST_LINES) for each in failures if each]
    step = verdict.advice or next_step
    seed = "" if verdict.status in ("passed", "blocked") else f"   (seed {verdict.seed})"
    rows = [Row("problem", verdict.problem), Row("next", step + seed)]
    parts.append(_rows([row for row in rows if row.text.strip()]))
    if whole and verdict.output:
        parts += [Text("what your program printed", style="dim"), Quoted(printed(verdict.output), signs.bar)]
    return Group(*parts)


def failure(result: CheckResult, most: int | None = MOST_LINES) -> RenderableType:
    """One failing check whole: its claim and its rows."""
    return _rows([Row("check", result.claim), *result.details], most)


def _rows(rows: Sequence[Row], most: int | None = MOST_LINES) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=LABEL_WIDTH, justify="left", style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        style = {"expected": "green", "got": "red"}.get(row.label, "")
        text, note = _cut(row.text, most)
        shown = printed(text) if row.label in PRINTED else Text(clean(text), style=style)
        table.add_row(Text(f"  {in_line(row.label)}"), shown.append(f"\n{note}", style=style) if note else shown)
    return table


def _cut(text: str, most: int | None) -> tuple[str, str]:
    """As much of TEXT as a row may take, and words for what is left out."""
    lines = text.rstrip("\n").split("\n")
    kept = "\n".join(lines[:most])
    room = MOST_WITH_ALL if most is None else MOST_CHARACTERS
    advice = "" if most is None else ": learn run -v"
    if len(kept) > room:
        return kept[:room], f"... {len(text) - room} more characters{advice}"
    left = len(lines) - len(lines[:most])
    return kept, f"... {left} more lines{advice}" if left else ""


def checks(
    claims: Sequence[tuple[str, str]], results: Sequence[CheckResult], signs: Signs, *, running: bool
) -> RenderableType:
    """Every check in one line, as far as its result has come."""
    known = {each.id: each for each in results}
    table = Table.grid(padding=(0, 1))
    table.add_column(width=3, justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for check, claim in claims:
        result = known.get(check)
        if result is None:
            words = in_line(claim) + (" ..." if running else "")
            table.add_row(Text(signs.waiting, style="dim"), Text(words, style="dim"))
            continue
        style = STYLES.get(result.status, "")
        after = _why_not(result)
        plain = "" if result.status == "passed" else "dim" if after else "bold"
        table.add_row(Text(sign_of(result.status, signs), style=style), Text(in_line(claim) + after, style=plain))
    return table


def _why_not(result: CheckResult) -> str:
    """Why a check was not tried; nothing where it was."""
    if result.status == "untried":
        engine = next((row.text for row in result.details if row.label == "needs"), "an engine")
        return f"   (not tried: {engine} is not here)"
    return "   (not tried yet)" if result.status == "skipped" else ""


def hints(read: Sequence[str], *, more: bool, held_back: bool, newest_first: bool = False) -> RenderableType:
    """The hints read so far, each under its name."""
    parts: list[RenderableType] = []
    named = list(zip(HINT_NAMES, read, strict=False))
    for name, text in reversed(named) if newest_first else named:
        parts.append(Text(name, style="bold yellow"))
        parts.append(Padding(Text(clean(text)), (0, 0, 0, 2)))
    if held_back:
        parts.append(Text("The next hint is ready after your next save.", style="dim"))
    elif more:
        parts.append(Text("There is a further hint once you have tried again.", style="dim"))
    return Group(*parts)


def after_pass(exercise: Exercise, following: Exercise | None) -> RenderableType:
    """What the learner can do now, and what comes next."""
    lines: list[RenderableType] = [Padding(Text(clean(exercise.manifest.passed)), (0, 0, 0, 2))]
    if following:
        title = in_line(following.manifest.title)
        coming = f"  next  {following.id}: {title}, about {minutes(following.manifest.minutes)}"
        lines.append(Text(coming, style="bold"))
    else:
        lines.append(Text("  That was the last open exercise of this roadmap.", style="bold"))
    return Group(*lines)
