"""Finding engines by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from runner.engines import Found, Missing, bash, curl, express, git, node, postgresql

ENGINES: dict[str, Callable[[dict[str, str]], Found | Missing]] = {
    "bash": bash.find,
    "curl": curl.find,
    "express": express.find,
    "git": git.find,
    "node": node.find,
    "postgresql": postgresql.find,
}

ONLY_IN = {"express": "javascript"}
"""Engines that an exercise needs in one of its languages alone."""


def find(name: str) -> Found | Missing:
    """Look for the engine NAME in this process's environment.

    Raises:
        KeyError: there is no engine of that name.
    """
    return ENGINES[name](dict(os.environ))


def needed(names: Iterable[str], language: str) -> list[str]:
    """Those engines of NAMES that LANGUAGE needs, with the language's own."""
    own = ["node"] if language == "javascript" else []
    return list(dict.fromkeys([*(each for each in names if ONLY_IN.get(each, language) == language), *own]))


def find_all(names: Iterable[str]) -> tuple[dict[str, Found], list[Missing]]:
    """Look for each of NAMES; returns those found by name, and those missing."""
    results = [find(name) for name in names]
    found = {each.name: each for each in results if isinstance(each, Found)}
    return found, [each for each in results if isinstance(each, Missing)]
