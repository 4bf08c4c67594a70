"""Every failing message of a pack's wrong answers, on one page to be read."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from runner.packs.models import Pack
from runner.screen.verdict import outcome
from runner.screen.words import UNICODE, in_line
from runner.verify.verdict import Verdict


def messages_page(refusals: Sequence[tuple[str, str, str, Verdict]], pack: Pack) -> str:
    """The messages as a learner in an 80-column terminal without colour reads them.

    Args:
        refusals: exercise id, language, answer and the verdict that it met.
    """
    console = Console(file=io.StringIO(), width=80, no_color=True, highlight=False)
    with console.capture() as capture:
        for exercise, language, answer, verdict in refusals:
            console.rule(Text(in_line(f"{exercise} {language} {answer}".replace("  ", " "))), align="left")
            console.print(
                outcome(verdict, pack.exercises[exercise], UNICODE, next_step="fix it and save, or press h for a hint")
            )
    return capture.get()
