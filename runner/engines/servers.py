"""Engines that are servers, each with the function that starts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from runner.engines import azurite, docker, mongodb, postgresql, redis
from runner.engines.server import Server

SERVERS: dict[str, Callable[[str, Path], Server]] = {
    "azurite": azurite.start,
    "docker": docker.start,
    "mongodb": mongodb.start,
    "postgresql": postgresql.start,
    "redis": redis.start,
}
"""Each takes the path that `find` found and a new folder for its data and its socket, and raises NotStarted."""

GIVEN: dict[str, Callable[[dict[str, str], int], dict[str, str]]] = {
    "mongodb": mongodb.given,
    "postgresql": postgresql.given,
    "redis": redis.given,
}
"""What the environment of a program says of a server at a port of the loopback, made of its address."""

AFTER_END = {"docker": f"{docker.BEGIN}   (then save again)"}
"""What helps when a server has ended that we do not start; others are started anew with the next save."""

FOR_CHECKS_ALONE = ("docker",)
"""Servers that the learner's programs must not reach: who reaches a Docker engine can do all that root can."""
