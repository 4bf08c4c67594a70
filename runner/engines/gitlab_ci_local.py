"""gitlab-ci-local, 4.75 or later, which runs the jobs of a `.gitlab-ci.yml` here: on PATH, else fetched with npm."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from runner.engines import Found, Missing, packages
from runner.engines.programs import dotted, on_path, version

NAME = "gitlab-ci-local"
OLDEST = (4, 75)


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for the program on PATH, then for the package in the cache.

    What is found may be a script for Node, told by its suffix `.js`, or a program.
    """
    path = on_path(NAME, environ)
    numbers = _version(path) if path else ()
    if path and numbers >= OLDEST:
        return Found(NAME, os.path.realpath(path), dotted(numbers), "on PATH")
    found = packages.find(NAME, environ)
    if isinstance(found, Missing):
        return found
    return Found(NAME, str(Path(found.path, "dist", "index.js")), found.version, found.how)


def provide(environ: dict[str, str]) -> Found | Missing:
    """Fetch the package into the cache where it is nowhere; takes seconds and a network."""
    found = find(environ)
    if isinstance(found, Found):
        return found
    fetched = packages.provide(NAME, environ)
    return fetched if isinstance(fetched, Missing) else find(environ)


def _version(path: str) -> tuple[int, ...]:
    """The version of the program at PATH: what npm installed says beside it, which takes no start of Node."""
    script = Path(path).resolve()
    if script.suffix != ".js":
        return version(path, "--version")
    try:
        told = json.loads((script.parent.parent / "package.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(map(int, re.findall(r"\d+", str(told))[:3]))
