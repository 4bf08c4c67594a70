"""PyJWT, 2.10 or later, with `cryptography` for RSA: a package beside this one, which checks mint tokens with."""

from __future__ import annotations

import importlib.util

from runner.engines import EXTRA, Found, Missing
from runner.engines.programs import dotted

OLDEST = (2, 10)
"""From there on it refuses a subject that is no text, as later versions do; learners meet the same everywhere."""

NAME = "pyjwt"


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for the package in this Python."""
    from importlib import metadata  # takes longer to load than everything else here

    try:
        told = metadata.version(NAME)
    except metadata.PackageNotFoundError:
        return Missing(NAME, "Python has no package PyJWT", EXTRA)
    numbers = tuple(int(each) for each in told.split(".")[:2])
    if numbers < OLDEST:
        return Missing(NAME, f"PyJWT {told} is older than {dotted(OLDEST)}", EXTRA)
    spec = importlib.util.find_spec("jwt")
    if not spec or not spec.origin or not importlib.util.find_spec("cryptography"):
        return Missing(NAME, "PyJWT lacks the package cryptography", EXTRA)
    return Found(NAME, spec.origin, told, "in this Python")
