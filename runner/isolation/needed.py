"""What of the machine a run needs to see, wherever it is installed, and what in it gives answers away."""

from __future__ import annotations

import sys
import sysconfig
import threading
from collections.abc import Iterable
from pathlib import Path

SCHEMES = threading.Lock()
"""Python 3.11's sysconfig shows a thread what another one has not finished."""


def needed(programs: Iterable[str]) -> list[Path]:
    """This Python with its libraries, and where each of PROGRAMS (full paths) is installed."""
    python = [sys.prefix, sys.exec_prefix, sys.base_prefix, *filter(None, sys.path)]
    places = [Path(each) for each in programs]
    # A program in …/bin needs what lies beside that folder; both where its link lies and where the link leads.
    installed = [path.parent.parent for place in places for path in (place, place.resolve())]
    return [*map(Path, python), *(each for each in installed if each != Path("/"))]


def copies() -> list[Path]:
    """Where Python's environments hold a copy of the built-in pack: this one, and the one that it was made from."""
    system = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    with SCHEMES:
        schemes = [sysconfig.get_path("purelib", scheme, system) for scheme in sysconfig.get_scheme_names()]
    return [path for each in (*sys.path, *schemes) if (path := Path(each, "runner", "builtin")).is_dir()]
