"""Rsync, 3.0 or later: gitlab-ci-local copies a repository's files with it."""

from __future__ import annotations

from runner.engines import Found, Missing
from runner.engines.programs import dotted, on_path, too_old, version

OLDEST = (3, 0)


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for rsync on PATH."""
    path = on_path("rsync", environ)
    advice = "sudo apt install rsync   (macOS: brew install rsync)"
    if not path:
        return Missing("rsync", "there is no rsync on PATH", advice)
    numbers = version(path, "--version")
    if numbers < OLDEST:
        return Missing("rsync", too_old("rsync", path, numbers, OLDEST), advice)
    return Found("rsync", path, dotted(numbers), "on PATH")
