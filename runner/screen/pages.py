"""Pages to read: a brief, an offline summary, a right answer beside the learner's own."""

from __future__ import annotations

import difflib
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
