"""What a learner's program printed: its colours survive, everything else that a terminal would obey is shown.

A colour becomes a style of rich's, never a code of the learner's own. So it ends with its line, whatever the program
forgot to reset, and it is left out where our own colours are: with NO_COLOR, in a pipe, on a dumb terminal. There the
text stands alone. In `--json` it is what the program printed, each escape as JSON's `\\u001b`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.ansi import AnsiDecoder
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text

from runner.screen.words import clean

COLOUR = re.compile(r"(\x1b\[[0-9;]{0,40}m)")
"""A sequence that selects colours and attributes, and none so long that its numbers could mean anything else."""

NOT_FOR_US = Style(conceal=False, blink=False, blink2=False, frame=False, encircle=False)
"""What no output may ask for: text that is there and not seen, and what pulls the eye away from ours."""

LEAST_CONTRAST = 60
"""How far letters and their ground must lie apart, red, green and blue together, to be seen in 256 colours."""


def printed(text: str) -> Text:
    """TEXT, printed by a learner's program, in its colours and with everything else made visible."""
    parts = COLOUR.split(text.rstrip("\n"))
    # The decoder meets colours alone: of what else it knows it would obey links and drop what stands before a return.
    parts[::2] = [clean(each) for each in parts[::2]]
    lines = Text("\n").join(AnsiDecoder().decode("".join(parts)))
    lines.spans = [Span(start, end, _seen(style)) for start, end, style in lines.spans if isinstance(style, Style)]
    return lines


def _seen(style: Style) -> Style:
    """STYLE without what would hide its text."""
    if style.color and style.bgcolor:
        letters, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor(foreground=False)
        if sum(abs(one - other) for one, other in zip(letters, ground, strict=True)) < LEAST_CONTRAST:
            style = style.without_color
    return style + NOT_FOR_US


class Quoted:
    """Text of a learner's program behind a bar, so that no line of it can pass for one of ours."""

    def __init__(self, text: Text, bar: str) -> None:
        self._text = text
        self._bar = bar

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Each line as the window is wide, behind the bar."""
        bar = Segment(f"  {self._bar} ", Style(dim=True))
        for line in console.render_lines(self._text, options.update(width=max(1, options.max_width - 4)), pad=False):
            yield bar
            yield from line
            yield Segment.line()


def guarded(segments: Iterable[Segment], instead: str) -> Iterator[Segment]:
    """SEGMENTS about to be written, with INSTEAD for each character that has slipped through to here."""
    for segment in segments:
        text = segment.text
        if text.isprintable() or segment.control or clean(text) == text:  # nearly always the first, which is quick
            yield segment
        else:
            yield segment._replace(text="".join(each if clean(each) == each else instead for each in text))
