"""Pages to read: a brief, an offline summary, a right answer beside the learner's own."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.text import Text

from runner.screen.words import clean


@dataclass(frozen=True)
class Route:
    """One right answer: its name and its files, each as (path, its text, the learner's text or None)."""

    name: str
    files: tuple[tuple[str, str, str | None], ...]


def markdown(text: str) -> RenderableType:
    """A brief or a summary."""
    return Markdown(text, hyperlinks=True, code_theme="ansi_dark")


def solution(routes: Sequence[Route]) -> RenderableType:
    """The right answers, each as a diff from the learner's own where there is one."""
    parts: list[RenderableType] = []
    for route in routes:
        for path, text, own in route.files:
            parts.append(Text(f"{route.name}: {path}", style="bold"))
            parts.append(_diff(own, text) if own is not None else Text(clean(text)))
            parts.append(Text())
    return Group(*parts)


def _diff(own: str, other: str) -> Text:
    """From OWN (red, -) to OTHER (green, +), whole files, so that the answer can be read through."""
    if own == other:
        return Text("  the same as yours", style="green")
    styles = {"- ": "red", "+ ": "green", "  ": ""}
    shown = Text()
    for line in difflib.ndiff(own.splitlines(), other.splitlines()):
        if not line.startswith("? "):
            shown.append(clean(line) + "\n", style=styles[line[:2]])
    return shown
