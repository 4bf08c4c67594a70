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
from runner.screen.words import HEADLINES, HINT_NAMES, STYLES, Signs, clean, minutes, sign_of
from runner.verify.verdict import CheckResult, Row, Verdict

MOST_LINES = 12
"""Lines that one row of a failing message may take; `-v` shows all."""

LABEL_WIDTH = 10


def heading(exercise: Exercise, files: Sequence[Path], root: Path, signs: Signs) -> RenderableType:
    """The exercise's name and size, and the files to work on as links."""
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(justify="right", no_wrap=True)
    size = f"{signs.star * exercise.manifest.stars} {minutes(exercise.manifest.minutes)}"
    line.add_row(Text.assemble((exercise.id, "bold"), "  ", exercise.manifest.title), Text(size, style="dim"))
    places = [_link(path, root) for path in files[:3]]
    return Group(line, *places)


def _link(path: Path, root: Path) -> Text:
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return Text(f"{shown}", style=Style(color="cyan", link=path.absolute().as_uri()))


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
    failures = [each for each in verdict.checks if each.status not in ("passed", "skipped")] if whole else [first]
    parts += [failure(each, None if whole else MOST_LINES) for each in failures if each]
    step = verdict.advice or next_step
    seed = "" if verdict.status in ("passed", "blocked") else f"   (seed {verdict.seed})"
    rows = [Row("problem", verdict.problem), Row("next", step + seed)]
    parts.append(_rows([row for row in rows if row.text.strip()]))
    if whole and verdict.output:
        parts += [Text("what your program printed", style="dim"), Padding(Text(clean(verdict.output)), (0, 0, 0, 2))]
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
        table.add_row(f"  {row.label}", Text(_cut(clean(row.text), most), style=style))
    return table


def _cut(text: str, most: int | None) -> str:
    lines = text.splitlines()
    if most is None or len(lines) <= most:
        return text
    return "\n".join([*lines[:most], f"... {len(lines) - most} more lines: learn run -v"])


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
            table.add_row(Text(signs.waiting, style="dim"), Text(claim + (" ..." if running else ""), style="dim"))
            continue
        style = STYLES.get(result.status, "")
        after = "" if result.status != "skipped" else "   (not tried yet)"
        plain = "" if result.status == "passed" else "dim" if result.status == "skipped" else "bold"
        table.add_row(Text(sign_of(result.status, signs), style=style), Text(clean(claim) + after, style=plain))
    return table


def hints(read: Sequence[str], *, more: bool, held_back: bool) -> RenderableType:
    """The hints read so far, each under its name."""
    parts: list[RenderableType] = []
    for name, text in zip(HINT_NAMES, read, strict=False):
        parts.append(Text(name, style="bold yellow"))
        parts.append(Padding(Text(text), (0, 0, 0, 2)))
    if held_back:
        parts.append(Text("The next hint is ready after your next save.", style="dim"))
    elif more:
        parts.append(Text("There is a further hint once you have tried again.", style="dim"))
    return Group(*parts)


def after_pass(exercise: Exercise, following: Exercise | None) -> RenderableType:
    """What the learner can do now, and what comes next."""
    lines: list[RenderableType] = [Padding(Text(exercise.manifest.passed), (0, 0, 0, 2))]
    if following:
        coming = f"  next  {following.id}: {following.manifest.title}, about {minutes(following.manifest.minutes)}"
        lines.append(Text(coming, style="bold"))
    else:
        lines.append(Text("  That was the last open exercise of this roadmap.", style="bold"))
    return Group(*lines)
