"""The one family of failures that a person can cause or meet, each with its exit code."""

from __future__ import annotations


class LearnError(Exception):
    """A failure told to a person: what went wrong, where, and the next command to type.

    Args:
        problem: one sentence, in the words of the person who reads it.
        expected: what would have been right; may be empty.
        found: what was there instead; may be empty.
        where: a file, folder or key; may be empty.
        advice: the next command to type, or the next thing to do.
    """

    exit_code = 4
    sign = "‼"

    def __init__(self, problem: str, *, expected: str = "", found: str = "", where: str = "", advice: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.rows = [
            (label, text)
            for label, text in (("where", where), ("expected", expected), ("found", found), ("next", advice))
            if text
        ]

    def __str__(self) -> str:
        return "\n".join([self.problem, *(f"  {label:<9} {text}" for label, text in self.rows)])


class UsageError(LearnError):
    """The command was used wrongly, or cannot be used here."""

    exit_code = 2
    sign = "✘"


class BlockedError(LearnError):
    """An engine that the exercise needs is missing."""

    exit_code = 3
    sign = "–"


class PackError(LearnError):
    """A pack is not as its format asks; holds every fault that was found, not the first alone."""

    exit_code = 4

    def __init__(self, problem: str, faults: list[Fault], *, advice: str = "") -> None:
        super().__init__(problem, advice=advice)
        self.faults = faults

    def __str__(self) -> str:
        lines = [self.problem, *(f"  {fault}" for fault in self.faults)]
        return "\n".join([*lines, *(f"  {label:<9} {text}" for label, text in self.rows)])


class Fault:
    """One thing wrong in one file of a pack."""

    def __init__(self, file: str, key: str, found: str, allowed: str) -> None:
        self.file = file
        self.key = key
        self.found = found
        self.allowed = allowed

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: found {self.found}; allowed: {self.allowed}"

    def plain(self) -> dict[str, str]:
        """The fault as plain data, for `--json`."""
        return {"file": self.file, "key": self.key, "found": self.found, "allowed": self.allowed}
