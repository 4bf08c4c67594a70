"""The brief has its parts, its stages, and lines that fit; the half page is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runner.authoring.findings import Finding, line_of, path_in
from runner.packs.models import Exercise

LINE_WIDTH = 80
"""Characters in a line of a brief at most."""

STAGE_WORDS = 400
"""Words in the section of one stage at most; and in what stands before the first one."""

PARTS = (
    "**Goal.**",
    "**Why it matters.**",
    "**Do.**",
    "**Contract**",
    "**Done when**",
    "**Try it yourself.**",
    "**Read.**",
)
"""The parts of a brief."""

STAGE_PARTS = ("**Contract**", "**Done when**")
"""Those that each stage has."""


def brief(exercise: Exercise) -> Iterator[Finding]:
    """The faults of the brief's form, and a missing SUMMARY.md."""
    text = exercise.brief.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LINE_WIDTH and "](" not in line and not line.startswith("|"):  # a row of a table is one line
            yield _finding(exercise, f"{len(line)} characters", f"keep lines to {LINE_WIDTH}", number)
    for part in PARTS:
        if part not in text:
            yield _finding(exercise, f"no part {part}", "write the brief's seven parts")
    yield from _stages(exercise, text)
    if not (exercise.folder / "SUMMARY.md").is_file():
        todo = "write the half page for reading offline, SUMMARY.md"
        yield Finding(exercise.id, "summary", path_in(exercise, "SUMMARY.md"), "no SUMMARY.md", todo)


def _finding(exercise: Exercise, found: str, todo: str, line: int = 0) -> Finding:
    return Finding(exercise.id, "brief", path_in(exercise, "README.md"), found, todo, line)


def _stages(exercise: Exercise, text: str) -> Iterator[Finding]:
    """One section for each stage, in order, under its title, each with what is asked there and not too long."""
    stages = exercise.manifest.stages
    if not stages:
        return
    head, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    wanted = [f"## Stage {number}: {title}" for number, title in enumerate(stages, 1)]
    found = [each.splitlines()[0].rstrip() for each in sections]
    for heading in wanted:
        if heading not in found:
            yield _finding(exercise, f"no heading {heading}", "write one section for each stage")
    for heading in found:
        if heading not in wanted:
            todo = "name the sections as `stages` does; nothing else is a heading of that level"
            yield _finding(exercise, f"the heading {heading}", todo, line_of(exercise.brief, heading))
    if sorted(found) == sorted(wanted) and found != wanted:
        yield _finding(exercise, "stages in another order", "keep the order of `stages`")
    for part in (head, *sections):
        yield from _section(exercise, part, parts=STAGE_PARTS if part is not head else ())


def _section(exercise: Exercise, text: str, parts: tuple[str, ...]) -> Iterator[Finding]:
    """The faults of one section, or of what stands before the first."""
    heading = text.splitlines()[0] if text.strip() else ""
    where, line = heading.lstrip("# ") or "the beginning", line_of(exercise.brief, heading)
    count = len(text.split())
    if count > STAGE_WORDS:
        yield _finding(exercise, f"{where}: {count} words", f"keep each stage to {STAGE_WORDS} words", line)
    for part in parts:
        if part not in text:
            yield _finding(exercise, f"{where}: no part {part}", "say in each stage what it asks", line)
