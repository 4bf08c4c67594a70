"""Finding engines by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial

from runner.engines import (
    Found,
    Missing,
    azurite,
    bash,
    curl,
    docker,
    git,
    gitlab_ci_local,
    images,
    mongodb,
    moto,
    node,
    postgresql,
    pyjwt,
    redis,
    rsync,
    terraform,
)
from runner.engines.packages import LIBRARIES
from runner.engines.packages import find as find_package

ENGINES: dict[str, Callable[[dict[str, str]], Found | Missing]] = {
    "azurite": azurite.find,
    "bash": bash.find,
    "curl": curl.find,
    "docker": docker.find,
    "git": git.find,
    "gitlab-ci-local": gitlab_ci_local.find,
    "mongodb": mongodb.find,
    "moto": moto.find,
    "node": node.find,
    "postgresql": postgresql.find,
    "pyjwt": pyjwt.find,
    "redis": redis.find,
    "rsync": rsync.find,
    "terraform": terraform.find,
    **{name: partial(find_package, name) for name in LIBRARIES},
}

ONLY_IN = dict.fromkeys(LIBRARIES, "javascript")
"""Engines that an exercise needs in one of its languages alone."""

DRIVERS = {"azurite": "node-azure", "mongodb": "node-mongodb", "moto": "node-aws", "redis": "node-redis"}
"""What JavaScript needs to talk to a server; Python's driver is looked for with the server itself."""

STARTS = {"gitlab-ci-local": ["bash", "git", "node", "rsync"]}
"""Programs that an engine itself starts or runs on; an exercise need not name them."""


def find(name: str) -> Found | Missing:
    """Look for the engine NAME, or for the base image, in this process's environment.

    Raises:
        KeyError: there is no engine of that name.
    """
    if name.startswith(images.PREFIX):
        return images.find(name, dict(os.environ))
    return ENGINES[name](dict(os.environ))


def needed(names: Iterable[str], language: str) -> list[str]:
    """Those engines of NAMES that LANGUAGE needs, with the language's own and the programs that they start."""
    asked = [each for each in names if ONLY_IN.get(each, language) == language]
    own = [*(DRIVERS[each] for each in asked if each in DRIVERS), "node"] if language == "javascript" else []
    beside = [program for each in asked for program in STARTS.get(each, [])]
    return list(dict.fromkeys([*asked, *beside, *own]))


def find_all(names: Iterable[str]) -> tuple[dict[str, Found], list[Missing]]:
    """Look for each of NAMES; returns those found by name, and those missing."""
    results = [find(name) for name in names]
    found = {each.name: each for each in results if isinstance(each, Found)}
    return found, list(dict.fromkeys(each for each in results if isinstance(each, Missing)))
