"""Signs, styles and words that every view shares, and the cleaning of text that is not ours."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any


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
    bar: str


UNICODE = Signs("✔", "✘", "○", "⚠", "–", "‼", "★", "█", "░", "▶", "·", "│")
ASCII = Signs("+", "x", "o", "!", "-", "!!", "*", "#", ".", ">", "-", "|")


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
    "untried": "dim",
}

HINT_NAMES = ("Look", "Idea", "Steps")


def sign_of(status: str, known: Signs) -> str:
    """The sign of a check's or verdict's status."""
    return {
        "passed": known.passed,
        "failed": known.failed,
        "skipped": known.waiting,
        "untried": known.blocked,
        "blocked": known.blocked,
        "error": known.fault,
    }.get(status, known.crashed)


MOST_MARKS = 4
"""Marks that one letter may carry: some scripts need three, a tower of fifty paints over the lines above it."""

_HIDDEN = (
    (0x00, 0x08),  # controls but tab and newline: the bell, backspace
    (0x0B, 0x1F),  # ..., carriage return, escape
    (0x7F, 0x9F),  # delete; the controls of one byte that begin sequences as escape does
    (0xAD, 0xAD),
    (0x034F, 0x034F),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x115F, 0x1160),  # fillers, which look like blanks or like nothing
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),  # zero-width, direction
    (0x2028, 0x202E),  # separators of lines, overrides of direction
    (0x2060, 0x206F),  # ..., isolates
    (0x3164, 0x3164),
    (0xD800, 0xDFFF),  # halves of surrogate pairs
    (0xFE00, 0xFE0E),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1345F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),  # tags: whole sentences that nobody sees
)
"""Characters that a terminal obeys, that change the order of others, or that nobody can see, from and to.

All of Unicode's categories Cc, Cf, Cs, Zl and Zp, and what its `Default_Ignorable_Code_Point` has besides. One of them
is let through: U+FE0F, which makes a sign an emoji, is in too many texts that mean no harm.
"""

_MARKS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe0f\ufe20-\ufe2f"
_SHOWN = re.compile(
    f"[{''.join(f'{re.escape(chr(first))}-{re.escape(chr(last))}' for first, last in _HIDDEN)}]"
    f"|(?<=[{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]"
)
_BREAKS = re.compile(r"[\t\n]")


def clean(text: str) -> str:
    """TEXT with everything made visible that a terminal would obey or nobody would see; tabs and newlines stay."""
    return _SHOWN.sub(_visible, text)


def in_line(text: str) -> str:
    """TEXT, a name or a path, made visible as `clean` does, and in one line whatever it holds."""
    return _BREAKS.sub(_visible, clean(text))


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def as_json(data: Any) -> str:
    """DATA as JSON in one line of printable ASCII: a terminal that it is printed on has nothing to obey."""
    return json.dumps(data).replace("\x7f", "\\u007f")  # the only control that JSON lets through, in strings alone


def minutes(count: int) -> str:
    """A time to plan with."""
    if count < 90:
        return f"{count} min"
    return f"{round(count / 60)} h" if count < 600 else f"{round(count / 480)} days"
