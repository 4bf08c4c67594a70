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
    """The right answers, each as a diff from the learner's own where there is one."""
    parts: list[RenderableType] = []
    for route in routes:
        for path, text, own in route.files:
            parts.append(Text(in_line(f"{route.name}: {path}"), style="bold"))
            parts.append(_diff(own, text) if own is not None and len(own) <= MOST_BESIDE else Text(clean(text)))
            parts.append(Text())
    return Group(*parts)


def _diff(own: str, other: str) -> Text:
    """From OWN (red, -) to OTHER (green, +), whole files, so that the answer can be read through."""
    if own == other:
        return Text("  the same as yours", style="green")
    before, after = own.splitlines(), other.splitlines()
    shown = Text()
    # Not ndiff: it also pairs lines that are alike, and takes seconds over a few hundred of them.
    for how, first, last, start, end in difflib.SequenceMatcher(None, before, after).get_opcodes():
        if how == "equal":
            shown.append("".join(f"  {clean(line)}\n" for line in before[first:last]))
            continue
        shown.append("".join(f"- {clean(line)}\n" for line in before[first:last]), style="red")
        shown.append("".join(f"+ {clean(line)}\n" for line in after[start:end]), style="green")
    return shown
