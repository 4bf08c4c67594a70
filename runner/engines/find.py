"""Finding engines by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial

from runner.engines import Found, Missing, azurite, bash, curl, git, mongodb, moto, node, postgresql, redis
from runner.engines.packages import PACKAGES
from runner.engines.packages import find as find_package

ENGINES: dict[str, Callable[[dict[str, str]], Found | Missing]] = {
    "azurite": azurite.find,
    "bash": bash.find,
    "curl": curl.find,
    "git": git.find,
    "mongodb": mongodb.find,
    "moto": moto.find,
    "node": node.find,
    "postgresql": postgresql.find,
    "redis": redis.find,
    **{name: partial(find_package, name) for name in PACKAGES if name != azurite.NAME},
}

ONLY_IN = {name: "javascript" for name in PACKAGES if name != azurite.NAME}
"""Engines that an exercise needs in one of its languages alone."""

DRIVERS = {"azurite": "node-azure", "mongodb": "node-mongodb", "moto": "node-aws", "redis": "node-redis"}
"""What JavaScript needs to talk to a server; Python's driver is looked for with the server itself."""


def find(name: str) -> Found | Missing:
    """Look for the engine NAME in this process's environment.

    Raises:
        KeyError: there is no engine of that name.
    """
    return ENGINES[name](dict(os.environ))


def needed(names: Iterable[str], language: str) -> list[str]:
    """Those engines of NAMES that LANGUAGE needs, with the language's own."""
    asked = [each for each in names if ONLY_IN.get(each, language) == language]
    own = [*(DRIVERS[each] for each in asked if each in DRIVERS), "node"] if language == "javascript" else []
    return list(dict.fromkeys([*asked, *own]))


def find_all(names: Iterable[str]) -> tuple[dict[str, Found], list[Missing]]:
    """Look for each of NAMES; returns those found by name, and those missing."""
    results = [find(name) for name in names]
    found = {each.name: each for each in results if isinstance(each, Found)}
    return found, [each for each in results if isinstance(each, Missing)]
