"""Signs, styles and words that every view shares, and the cleaning of text that is not ours."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Signs:
    """The signs of one kind of terminal."""

    passed: str
    failed: str
    waiting: str
    crashed: str
    blocked: str
    fault: str
    star: str
    full: str
    empty: str
    here: str
    dot: str


UNICODE = Signs("✔", "✘", "○", "⚠", "–", "‼", "★", "█", "░", "▶", "·")
ASCII = Signs("+", "x", "o", "!", "-", "!!", "*", "#", ".", ">", "-")


def signs(encoding: str | None) -> Signs:
    """The signs that a terminal of ENCODING can show."""
    try:
        "✔★█".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return ASCII
    return UNICODE


HEADLINES = {
    "passed": "passed",
    "failed": "not yet",
    "crashed": "your program could not run",
    "timeout": "your program ran too long",
    "overlimit": "your program used too much",
    "blocked": "blocked",
    "error": "learn itself failed, please report it",
}
"""What each status is called for a person."""

STYLES = {
    "passed": "green",
    "failed": "red",
    "crashed": "yellow",
    "timeout": "yellow",
    "overlimit": "yellow",
    "blocked": "blue",
    "error": "magenta",
    "skipped": "dim",
}

HINT_NAMES = ("Look", "Idea", "Steps")


def sign_of(status: str, known: Signs) -> str:
    """The sign of a check's or verdict's status."""
    return {
        "passed": known.passed,
        "failed": known.failed,
        "skipped": known.waiting,
        "blocked": known.blocked,
        "error": known.fault,
    }.get(status, known.crashed)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """TEXT with everything that a terminal would obey made visible: escapes, returns, direction marks."""
    return _CONTROL.sub(lambda found: _visible(found.group()), text)


def _visible(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def minutes(count: int) -> str:
    """A time to plan with."""
    if count < 90:
        return f"{count} min"
    return f"{round(count / 60)} h" if count < 600 else f"{round(count / 480)} days"
