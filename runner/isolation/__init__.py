"""The ladder of isolation: what stands between a learner's program and the machine that it runs on.

Each level holds what the one before it holds, and more. A run uses the best that is quick and needs no set-up,
`namespaces` on Linux and `group` elsewhere, unless a pack or a person asks for another.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Literal, get_args

from runner.errors import UsageError

Level = Literal["none", "group", "namespaces", "container"]

LEVELS: tuple[Level, ...] = get_args(Level)
"""From the least to the most.

none
    the run is ended as a whole, but has no limits; for finding out whether a limit is what hurts
group
    a process group of its own, limits on memory, file size, output and time
namespaces
    also: processes, network (loopback alone), `/tmp`, `/dev` and the rest of the file system read-only;
    the checks, the solutions, the home and the workspace out of sight; no privileges (Linux 5.12 or later)
container
    also: limits on the memory and the processes of a run as a whole, kept by a Docker engine
"""

BEST: Level = "namespaces" if sys.platform == "linux" else "group"
"""What a run uses where nobody asks for another level."""

VARIABLE = "LEARN_ISOLATION"
"""The environment's name for the level that a person asks for."""


class Refused(Exception):
    """The system does not let us have a level; the message says what it refused, in plain words."""


def asked(environ: Mapping[str, str]) -> Level | None:
    """The level that the person asks for in ENVIRON, if any.

    Raises:
        UsageError: there is no such level.
    """
    name = environ.get(VARIABLE)
    if not name:
        return None
    for level in LEVELS:
        if level == name:
            return level
    raise UsageError(f"{VARIABLE} is {name!r}; the levels are {', '.join(LEVELS)}.", advice=f"unset {VARIABLE}")


def higher(one: Level, other: Level) -> Level:
    """The higher of two levels."""
    return max(one, other, key=LEVELS.index)


def enough(got: Level, required: Level) -> bool:
    """Whether GOT is at least REQUIRED."""
    return LEVELS.index(got) >= LEVELS.index(required)
