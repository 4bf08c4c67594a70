"""Consoles for printing, and pages turned into lines of a frame."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from runner.screen.output import guarded
from runner.screen.words import Signs, signs


class GuardedConsole(Console):
    """A console that obeys rich alone: no text, wherever it came from, holds what a terminal would obey.

    Text that is not ours has been made visible before, by `words.clean`; this is for what was forgotten there.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """RENDERABLE as segments."""
        return guarded(super().render(renderable, options), "?")


def printing() -> tuple[Console, Signs]:
    """A console for stdout as it is (a terminal, a pipe, NO_COLOR), and the signs it can show."""
    return GuardedConsole(highlight=False, soft_wrap=False), signs(sys.stdout.encoding)


class Painter:
    """Turns renderables into lines with terminal codes, for a frame of a known width."""

    def __init__(self, encoding: str | None, *, color: bool) -> None:
        self.signs = signs(encoding)
        self._color = color

    def lines(self, renderable: RenderableType, width: int) -> list[str]:
        """RENDERABLE as lines at most WIDTH cells wide."""
        console = GuardedConsole(
            file=io.StringIO(),
            width=width,
            force_terminal=True,
            color_system="256" if self._color else None,
            no_color=not self._color,
            highlight=False,
            legacy_windows=False,
        )
        with console.capture() as capture:
            console.print(renderable)
        return capture.get().rstrip("\n").split("\n")
