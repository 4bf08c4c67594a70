"""The lock file of a workspace's packs: which content of each pack that was fetched is in use, and which was before.

It is the one place that says so. An update writes this file and nothing else, so it happens in one step, and so does
its undoing.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from runner.errors import UsageError
from runner.files import write_json
from runner.packs.content import folder_of
from runner.packs.source import Source
from runner.workspace.place import PINNED, SCHEMA, PackSource, Place, refuse_newer

SIGNS = 12
"""Digits of a hash that people are shown."""


@dataclass(frozen=True)
class Pin:
    """One content of a pack.

    Args:
        kind: `archive` or `git`.
        source: the archive's path, or the repository's address.
        revision: what was asked for; empty where nothing was.
        named: what that is, `branch`, `tag` or `commit`; empty for an archive.
        commit: what it was then; empty for an archive.
        sha256: the hash of the content.
        at: when it was taken, in UTC.
    """

    kind: str
    source: str
    revision: str
    named: str
    commit: str
    sha256: str
    at: str

    @property
    def origin(self) -> Source:
        """Where it came from."""
        return Source("git" if self.kind == "git" else "archive", self.source, self.revision)

    @property
    def from_itself(self) -> Source:
        """Where this very content came from: of a repository its commit."""
        return replace(self.origin, revision=self.commit)

    @property
    def shown(self) -> str:
        """The commit, or the content's hash, in short."""
        return f"commit {self.commit[:SIGNS]}" if self.commit else f"sha256 {self.sha256[:SIGNS]}"


@dataclass(frozen=True)
class Pinned:
    """A pack's content in use, and the one that it had before its last update, if any.

    Args:
        ids: after an undo, what exercises were called in the content that is undone, and what they are called in this
            one, which cannot know: work under those ids is carried back.
    """

    now: Pin
    before: Pin | None = None
    ids: dict[str, str] = field(default_factory=dict)


def read(place: Place) -> dict[str, Pinned]:
    """What the packs of the workspace at PLACE are pinned to, by their names.

    Raises:
        UsageError: the file is damaged, or of a newer program.
    """
    try:
        data = json.loads(place.pins.read_text(encoding="utf-8"))
        refuse_newer(data, place.pins)
        return {name: _pinned(each) for name, each in data["packs"].items()}
    except FileNotFoundError:
        return {}
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise UsageError(
            "The lock file of the packs cannot be read.",
            where=str(place.pins),
            advice="remove that file, then for each pack that is not found: learn pack remove NAME, and add it again",
        ) from None


def write(place: Place, pins: dict[str, Pinned]) -> None:
    """Keep PINS, in one step."""
    write_json(place.pins, {"schema": SCHEMA, "packs": {name: asdict(each) for name, each in sorted(pins.items())}})


def name_of(source: PackSource) -> str:
    """The name of the pinned pack SOURCE; empty for any other."""
    return source.source.removeprefix(PINNED) if source.source.startswith(PINNED) else ""


def root_of(place: Place, source: PackSource, pins: dict[str, Pinned]) -> Path:
    """The folder of the pack SOURCE in the workspace at PLACE.

    Raises:
        UsageError: it is pinned, and PINS do not say to what.
    """
    name = name_of(source)
    if not name:
        return source.root
    if name not in pins:
        raise UsageError(
            f"The lock file does not tell what the pack {name} is.",
            where=str(place.pins),
            advice=f"learn pack remove {name}   (keeps your work), then add it again",
        )
    return folder_of(place.packs, pins[name].now.sha256)


def hashes(pins: dict[str, Pinned]) -> set[str]:
    """The contents that PINS name."""
    return {pin.sha256 for each in pins.values() for pin in (each.now, each.before) if pin}


def _pinned(data: dict[str, Any]) -> Pinned:
    before = _pin(data["before"]) if data["before"] else None
    return Pinned(_pin(data["now"]), before, {str(other): str(own) for other, own in data["ids"].items()})


def _pin(data: dict[str, str]) -> Pin:
    pin = Pin(**data)
    words = all(isinstance(value, str) for value in asdict(pin).values())
    if not words or not re.fullmatch("[0-9a-f]{64}", pin.sha256):
        raise ValueError("a pin of another shape")
    return pin
