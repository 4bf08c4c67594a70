"""moto, 5.2 or later: AWS as a program of Python's, with boto3 to talk to it.

An address in the environment is not asked for: AWS_ENDPOINT_URL and the like lead people to an AWS that is real, or
their company's, and no run may ever reach one. Nothing is started and shared either: `kit/aws.py` has each run carry
a moto of its own, which costs a fork. So this looks for the packages and no more.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from runner.engines import EXTRA, Found, Missing
from runner.engines.programs import dotted

NAME = "moto"
OLDEST = (5, 2)
PACKAGES = {"boto3": "boto3", "moto": "moto", "flask_cors": "flask-cors"}
"""What must be there, by the name of a module; the last is what moto's server needs beside Flask."""


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for the packages in this Python; ENVIRON is not asked."""
    from importlib import metadata  # with a parser of mail behind it, which most that load this module do not need

    for module, words in PACKAGES.items():
        if importlib.util.find_spec(module) is None:
            return Missing(NAME, f"{words} is not installed", EXTRA)
    told = metadata.version(NAME)
    numbers = tuple(int(part) for part in re.findall(r"\d+", told)[:3])
    if numbers < OLDEST:
        return Missing(NAME, f"moto {told} is older than {dotted(OLDEST)}", EXTRA)
    spec = importlib.util.find_spec(NAME)
    assert spec and spec.origin
    return Found(NAME, str(Path(spec.origin).parent), dotted(numbers), "a package of this Python")
