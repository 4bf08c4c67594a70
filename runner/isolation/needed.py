"""What of the machine a run needs to see, wherever it is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path


def needed(programs: Iterable[str]) -> list[Path]:
    """This Python with its libraries, and where each of PROGRAMS (full paths) is installed."""
    python = [sys.prefix, sys.exec_prefix, sys.base_prefix, *filter(None, sys.path)]
    places = [Path(each) for each in programs]
    # A program in …/bin needs what lies beside that folder; both where its link lies and where the link leads.
    installed = [path.parent.parent for place in places for path in (place, place.resolve())]
    return [*map(Path, python), *(each for each in installed if each != Path("/"))]
