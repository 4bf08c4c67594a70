"""Which levels this machine can give."""

from __future__ import annotations

import os
import subprocess
import sys

from runner.isolation import Level, Refused, container
from runner.isolation.needed import needed
from runner.isolation.room import Room

LIMIT = 30.0
"""Seconds that a first container may take to start."""


def refusal(level: Level) -> str:
    """Why LEVEL cannot be had here, in the system's own words; empty where it can."""
    if level == "namespaces":
        return _of_namespaces()
    return _of_containers() if level == "container" else ""


def _of_namespaces() -> str:
    if sys.platform != "linux":
        return "There are none on this system."
    answer, told = os.pipe()
    child = os.fork()
    if not child:
        words = ""
        try:
            Room([], [], []).enter()
        except Refused as error:
            words = str(error)
        finally:
            os.write(told, words.encode())
            os._exit(0)
    os.close(told)
    with open(answer, encoding="utf-8") as pipe:
        words = pipe.read()
    os.waitpid(child, 0)
    return words


def _of_containers() -> str:
    try:
        argv = container.command([sys.executable, "-c", ""], visible=needed([]), environment={}, memory=64)
        done = subprocess.run(argv, capture_output=True, timeout=LIMIT, check=False)
    except Refused as error:
        return str(error)
    except subprocess.TimeoutExpired:
        return f"No container started within {LIMIT:g} s."
    return done.stderr.decode("utf-8", "replace").strip()
