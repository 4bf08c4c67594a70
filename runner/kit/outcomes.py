"""How a check ends when it does not pass: one exception for each outcome, each with rows for the learner.

A row is a label and a text. The labels and their order are those of the failing message: `call`, `command`,
`expected`, `got`, `where`, `means`, `look`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

ORDER = (
    "command",
    "call",
    "request",
    "query",
    "data",
    "expected",
    "got",
    "stderr",
    "printed",
    "where",
    "means",
    "look",
)


class Outcome(BaseException):
    """A check that did not pass; a BaseException so that no `except Exception` in a check can swallow it."""

    status = "failed"

    def __init__(self, **rows: str | None) -> None:
        self.rows = [(label, rows[label] or "") for label in ORDER if rows.get(label)]
        super().__init__("; ".join(f"{label}: {text}" for label, text in self.rows))

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Put ROWS in their places, keeping what is there already."""
        known = dict(self.rows)
        known = {**dict(rows), **known}
        self.rows = [(label, known[label]) for label in ORDER if known.get(label)]


class NotYet(Outcome):
    """The program ran and did something else than the exercise asks."""


class CouldNotRun(Outcome):
    """The program could not be loaded or started, or died."""

    status = "crashed"


class RanTooLong(Outcome):
    """The program was still running at its limit."""

    status = "timeout"


class UsedTooMuch(Outcome):
    """The program went over its limit of memory, output or file size."""

    status = "overlimit"


class EngineFailed(Outcome):
    """An engine did not do its part, which is no fault of the learner's."""

    status = "error"


def not_yet(
    *,
    expected: str,
    got: str,
    means: str | None = None,
    look: str | None = None,
    where: str | None = None,
    command: str | None = None,
    call: str | None = None,
    stderr: str | None = None,
    printed: str | None = None,
) -> NoReturn:
    """End the check as not yet passed.

    Args:
        expected: what a right answer does, in the learner's words.
        got: what was observed.
        means: one sentence naming the misconception, only where it is true for this very failure.
        look: a command that lets the learner see it for themselves.
        where: a file, or a file and a line.
        command: the command that was run; the last one unless told.
        call: the call that was made; the last one unless told.
        stderr: the last lines that the program wrote there.
        printed: the last lines that it printed, where they tell more than `got`.
    """
    raise NotYet(
        expected=expected,
        got=got,
        means=means,
        look=look,
        where=where,
        command=command,
        call=call,
        stderr=stderr,
        printed=printed,
    )
