"""Bash, 4.4 or later: what the shell exercises are run with."""

from __future__ import annotations

from runner.engines import Found, Missing
from runner.engines.programs import dotted, on_path, too_old, version

OLDEST = (4, 4)


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for bash on PATH."""
    path = on_path("bash", environ)
    advice = "sudo apt install bash   (macOS: brew install bash)"
    if not path:
        return Missing("bash", "there is no bash on PATH", advice)
    numbers = version(path, "--version")
    if numbers < OLDEST:
        return Missing("bash", too_old("bash", path, numbers, OLDEST), advice)
    return Found("bash", path, dotted(numbers), "on PATH")
