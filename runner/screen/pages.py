"""Pages to read: a brief, an offline summary, a right answer beside the learner's own."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.text import Text

from runner.screen.words import clean, in_line

MOST_BESIDE = 20_000
"""Characters of a file that a right answer is still laid beside: to compare more takes seconds, and nobody reads it."""


@dataclass(frozen=True)
class Route:
    """One right answer: its name and its files, each as (path, its text, the learner's text or None)."""

    name: str
    files: tuple[tuple[str, str, str | None], ...]


def markdown(text: str) -> RenderableType:
    """A brief or a summary."""
    return Markdown(clean(text), hyperlinks=True, code_theme="ansi_dark")


STAGE = re.compile(r"^## Stage (\d+):.*$", re.MULTILINE)
"""The heading of a stage's section in a brief; the section ends with the next heading of its level."""


def brief(text: str, stages_done: int) -> RenderableType:
    """A brief; of the stages after the one at work the title alone."""
    return markdown(_reached(text, stages_done))


def _reached(text: str, stages_done: int) -> str:
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return "".join(_heading_alone(part) if _number(part) > stages_done + 1 else part for part in parts)


def _number(part: str) -> int:
    heading = STAGE.match(part)
    return int(heading.group(1)) if heading else 0


def _heading_alone(part: str) -> str:
    return f"{part.splitlines()[0]}\n\nTo be read once stage {_number(part) - 1} is complete.\n\n"


def solution(routes: Sequence[Route]) -> RenderableType:
    """The right answers, each whole; a `+` marks the lines that the learner's own has not."""
    parts: list[RenderableType] = []
    for route in routes:
        for path, text, own in route.files:
            parts.append(Text(in_line(f"{route.name}: {path}"), style="bold"))
            parts.append(_marked(own, text) if own is not None and len(own) <= MOST_BESIDE else Text(clean(text)))
            parts.append(Text())
    return Group(*parts)


def _marked(own: str, other: str) -> Text:
    """OTHER, with the lines of OWN dim and the rest green behind a `+`.

    Not a diff: where two programs share little, its lines come in turns and neither can be read.
    """
    if own == other:
        return Text("  the same as yours", style="green")
    before, after = own.splitlines(), other.splitlines()
    shown = Text()
    # Not ndiff: it also pairs lines that are alike, and takes seconds over a few hundred of them.
    for how, _, _, start, end in difflib.SequenceMatcher(None, before, after).get_opcodes():
        sign, style = ("  ", "dim") if how == "equal" else ("+ ", "green")
        shown.append("".join(f"{sign}{clean(line)}\n" for line in after[start:end]), style=style)
    return shown
