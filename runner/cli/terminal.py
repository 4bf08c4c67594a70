"""Printing what any terminal can show, in any locale."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import Any

import click

from runner.screen.words import as_json, clean

PLAIN = {
    "…": "...",
    "·": "-",
    "•": "*",
    "–": "-",
    "—": "-",
    "→": "->",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
}
"""Signs of ours, and of briefs, for a terminal that lacks them; any other one is shown by its number."""

COERCED = ("", "C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8")
"""What `LC_CTYPE` holds in a C locale, also after Python has changed it at its start (PEP 538)."""


def suit_terminal() -> None:
    """Have stdout and stderr take any text without an error, in ASCII alone where the locale says C."""
    _open_closed()
    codecs.register_error("plain", _plain)
    encoding = "ascii" if _says_c(dict(os.environ)) else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="plain")


def _open_closed() -> None:
    """Open stdin, stdout and stderr on nothing where whoever starts us has closed them, such as by `>&-`."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    sys.stdin = sys.stdin or os.fdopen(0)
    sys.stdout = sys.stdout or os.fdopen(1, "w")
    sys.stderr = sys.stderr or os.fdopen(2, "w")


def say(text: str, *, error: bool = False, bold: bool = False) -> None:
    """Print TEXT; what a terminal would obey in it, such as in the name of a folder, is shown."""
    shown = click.style(clean(text), bold=True) if bold else clean(text)
    # With a file of its own click leaves the encoding alone; without one it takes ASCII for a mistake.
    click.echo(shown, file=sys.stderr if error else sys.stdout)


def say_json(data: Any) -> None:
    """Print DATA as one line of JSON."""
    say(as_json(data))


def _says_c(environ: dict[str, str]) -> bool:
    """Whether the locale is C by its name. Python takes that for UTF-8; who sets it has a terminal that is not."""
    if environ.get("PYTHONIOENCODING") or environ.get("PYTHONUTF8") == "1":
        return False
    if environ.get("LC_ALL"):
        return environ["LC_ALL"] in ("C", "POSIX")
    return environ.get("LANG") in ("C", "POSIX") and environ.get("LC_CTYPE", "") in COERCED


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in text), error.end
