"""Git, 2.30 or later: from there on `switch`, `restore` and `init --initial-branch` are all known."""

from __future__ import annotations

from runner.engines import Found, Missing
from runner.engines.programs import dotted, on_path, too_old, version

OLDEST = (2, 30)


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for git on PATH."""
    path = on_path("git", environ)
    if not path:
        return Missing("git", "there is no git on PATH", "sudo apt install git   (macOS: xcode-select --install)")
    numbers = version(path, "--version")
    if numbers < OLDEST:
        return Missing(
            "git",
            too_old("git", path, numbers, OLDEST),
            "install a newer git: https://git-scm.com/downloads",
        )
    return Found("git", path, dotted(numbers), "on PATH")
