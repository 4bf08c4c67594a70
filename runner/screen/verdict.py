"""The verdict on screen: the first failure whole, the other checks one line each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from runner.packs.models import Exercise, ExerciseManifest
from runner.screen.output import Quoted, printed
from runner.screen.words import HEADLINES, HINT_NAMES, STYLES, Signs, clean, in_line, minutes, sign_of
from runner.verify.verdict import NO_FAILURE, CheckResult, Row, Verdict, settled

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
    completed: int = 0,
) -> RenderableType:
    """What the verdict says: one headline, and the first failure whole in the rows of the style guide.

    Args:
        next_step: what the learner does now, such as `fix it and save`.
        starting_point: the files are as they were laid out.
        whole: show every failure whole, and all of each.
        completed: the stage that this verdict is the first to complete; 0 for none.
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
    if completed and not verdict.passed:
        parts.append(_completed(exercise.manifest.stages, completed, signs))
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


def _completed(stages: Sequence[str], number: int, signs: Signs) -> RenderableType:
    done = f"  {signs.passed} stage {number} of {len(stages)} is complete: {in_line(stages[number - 1])}"
    now = f"    now stage {number + 1}: {in_line(stages[number])}   (new in the brief: learn brief)"
    return Text(f"{done}\n{now}", style=STYLES["passed"])


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
    claims: Sequence[tuple[str, str]],
    results: Sequence[CheckResult],
    signs: Signs,
    *,
    running: bool,
    manifest: ExerciseManifest | None = None,
) -> RenderableType:
    """Every check in one line, as far as its result has come.

    Args:
        manifest: the exercise's; where it has stages, those that are not at work take one line each.
    """
    known = {each.id: each for each in results}
    table = Table.grid(padding=(0, 1))
    table.add_column(width=3, justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    stages = manifest.stages if manifest and claims else ()
    done = manifest.stages_done(settled(results)) if manifest else 0
    stage_of = {each.id: each.stage for each in manifest.checks} if manifest else {}
    for number, title in enumerate(stages, 1):
        if number == done + 1:
            table.add_row(Text(), Text(f"stage {number} of {len(stages)}: {in_line(title)}", style="bold"))
            for check, claim in claims:
                if stage_of[check] == number:
                    table.add_row(*_line(claim, known.get(check), signs, running=running))
        else:
            count = sum(each == number for each in stage_of.values())
            table.add_row(*_folded(number, title, count, number <= done, signs))
    for check, claim in claims if not stages else ():
        table.add_row(*_line(claim, known.get(check), signs, running=running))
    return table


def _line(claim: str, result: CheckResult | None, signs: Signs, *, running: bool) -> tuple[Text, Text]:
    if result is None:
        return Text(signs.waiting, style="dim"), Text(in_line(claim) + (" ..." if running else ""), style="dim")
    style = STYLES.get(result.status, "")
    after = _why_not(result)
    plain = "" if result.status == "passed" else "dim" if after else "bold"
    return Text(sign_of(result.status, signs), style=style), Text(in_line(claim) + after, style=plain)


def _folded(number: int, title: str, count: int, done: bool, signs: Signs) -> tuple[Text, Text]:
    """A stage that is complete, or not reached yet, in one line."""
    size = "1 check" if count == 1 else f"{count} checks"
    words = f"stage {number}: {in_line(title)} ({size}{'' if done else f', after stage {number - 1}'})"
    sign, style = (signs.passed, STYLES["passed"]) if done else (signs.waiting, "dim")
    return Text(sign, style=style), Text(words, style="" if done else "dim")


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
