"""Engines that are servers, each with the function that starts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from runner.engines import azurite, mongodb, postgresql, redis
from runner.engines.server import Server

SERVERS: dict[str, Callable[[str, Path], Server]] = {
    "azurite": azurite.start,
    "mongodb": mongodb.start,
    "postgresql": postgresql.start,
    "redis": redis.start,
}
"""Each takes the path that `find` found and a new folder for its data and its socket, and raises NotStarted."""
