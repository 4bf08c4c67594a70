"""Curl, 7.32 or later: from there on `--max-time` takes parts of a second."""

from __future__ import annotations

from runner.engines import Found, Missing
from runner.engines.programs import dotted, on_path, too_old, version

OLDEST = (7, 32)


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for curl on PATH."""
    path = on_path("curl", environ)
    advice = "sudo apt install curl   (macOS: brew install curl)"
    if not path:
        return Missing("curl", "there is no curl on PATH", advice)
    numbers = version(path, "--version")
    if numbers < OLDEST:
        return Missing("curl", too_old("curl", path, numbers, OLDEST), advice)
    return Found("curl", path, dotted(numbers), "on PATH")
