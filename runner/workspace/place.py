"""Where a workspace is, and where things lie in it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from runner.errors import UsageError
from runner.files import write_json
from runner.packs.catalogue import builtin_root
from runner.packs.content import NAMED
from runner.packs.models import LANGUAGES
from runner.packs.source import BUILTIN

SCHEMA = 1

PINNED = "pinned:"
"""What stands before the name of a pack whose content the lock file tells."""


@dataclass(frozen=True)
class PackSource:
    """A pack in use, and the folder of the workspace that it fills.

    `source` is a folder, `builtin`, or `pinned:` and the name of a pack in the store, whose folder `pins` knows.
    """

    source: str
    folder: str = ""

    @property
    def root(self) -> Path:
        """The pack's own folder, where it is not pinned."""
        return builtin_root() if self.source == BUILTIN else Path(self.source)


@dataclass(frozen=True)
class Settings:
    """What `learn init` and `learn pack add` were told: kept in `.learn/workspace.json`.

    `left` holds the folders of packs that were removed, by their names: added again, they find the work there.
    """

    language: str = "python"
    packs: tuple[PackSource, ...] = field(default_factory=lambda: (PackSource(BUILTIN),))
    left: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """The paths of one workspace."""

    root: Path

    @property
    def own(self) -> Path:
        """The folder that is ours."""
        return self.root / ".learn"

    @property
    def settings(self) -> Path:
        """What the workspace was made with."""
        return self.own / "workspace.json"

    @property
    def progress(self) -> Path:
        """What is passed, postponed, hinted."""
        return self.own / "progress.json"

    @property
    def history(self) -> Path:
        """One line an attempt."""
        return self.own / "history.jsonl"

    @property
    def lock(self) -> Path:
        """Held while something of ours is written."""
        return self.own / "lock"

    @property
    def packs(self) -> Path:
        """The store: packs that were fetched, one folder for each content."""
        return self.own / "packs"

    @property
    def pins(self) -> Path:
        """The lock file: which content of each fetched pack is in use."""
        return self.own / "packs.lock.json"

    @property
    def kept(self) -> Path:
        """Old work, after a reset."""
        return self.own / "kept"

    @property
    def other(self) -> Path:
        """Work in the languages that exercises are not done in now."""
        return self.own / "other"

    @property
    def laid(self) -> Path:
        """What each exercise began from."""
        return self.own / "laid"

    @property
    def making(self) -> Path:
        """Folders being laid out, before they are moved to their place."""
        return self.own / "making"

    def proof(self, sha256: str) -> Path:
        """When the content with that hash was last seen to be whole."""
        return self.own / "cache" / f"proof-{sha256[:NAMED]}"

    def cache(self, index: int) -> Path:
        """The cached catalogue of the pack with that INDEX in the settings."""
        return self.own / "cache" / f"pack-{index}.json"


def find(start: Path) -> Place | None:
    """The workspace that START lies in, looking upwards; None where there is none."""
    start = Path(os.path.abspath(start))
    for folder in (start, *start.parents):
        if (folder / ".learn" / "workspace.json").is_file():
            return Place(folder)
    return None


def make(root: Path, settings: Settings) -> Place:
    """Make a workspace in ROOT, which may exist or not.

    Raises:
        UsageError: ROOT is a workspace already, or lies inside one, or its language is unknown.
        OSError: the folder cannot be made or written.
    """
    if settings.language not in LANGUAGES:
        raise UsageError(
            "That language is not known.",
            expected=" or ".join(LANGUAGES),
            found=settings.language,
            advice="learn init --help",
        )
    real = root.resolve()
    outer = find(real)
    if outer:
        problem = (
            "There is a workspace here already." if outer.root == real else "A workspace cannot lie inside another one."
        )
        raise UsageError(problem, where=str(outer.root), advice=f"learn watch {outer.root}")
    if root.exists() and not root.is_dir():
        raise UsageError(
            "A workspace is a folder.",
            where=str(root),
            found="a file of that name",
            advice="learn init another-name",
        )
    place = Place(Path(os.path.abspath(root)))
    place.own.mkdir(parents=True, exist_ok=True)
    (place.own / ".gitignore").write_text("*\n", encoding="utf-8")
    write_settings(place, settings)
    return place


def write_settings(place: Place, settings: Settings) -> None:
    """Keep SETTINGS as those of the workspace at PLACE."""
    packs = [{"source": each.source, "folder": each.folder} for each in settings.packs]
    write_json(place.settings, {"schema": SCHEMA, "language": settings.language, "packs": packs, "left": settings.left})


def read_settings(place: Place) -> Settings:
    """The settings of the workspace at PLACE.

    Raises:
        UsageError: the file is damaged, or of a newer program.
    """
    try:
        data: dict[str, Any] = json.loads(place.settings.read_text(encoding="utf-8"))
        refuse_newer(data, place.settings)
        packs = tuple(PackSource(each["source"], each["folder"]) for each in data["packs"])
        words = all(isinstance(word, str) for each in packs for word in (each.source, each.folder))
        if data["schema"] != SCHEMA or data["language"] not in LANGUAGES or not packs or not words:
            raise ValueError("settings of another shape")
        left = {str(name): str(folder) for name, folder in data.get("left", {}).items()}
        return Settings(data["language"], packs, left)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise UsageError(
            "The workspace's settings cannot be read.",
            where=str(place.settings),
            expected='such as {"schema": 1, "language": "python", "packs": [{"source": "builtin", "folder": ""}]}',
            advice=f"mend that file, or remove it and run: learn init {place.root}",
        ) from None


def refuse_newer(data: dict[str, Any], path: Path) -> None:
    """Leave alone what a newer version of this program wrote.

    Raises:
        UsageError: DATA has a schema that this version does not know.
    """
    found = data.get("schema")
    if isinstance(found, int) and found > SCHEMA:
        raise UsageError(
            "This workspace was used with a newer learn.",
            where=str(path),
            expected=f"schema {SCHEMA}",
            found=f"schema {found}",
            advice="pip install --upgrade backendlings",
        )
