"""The one way into the store for files from elsewhere: each name is judged and each byte counted as it comes.

Archives and repositories are read by their own modules and come in here, so that the same rules hold for all. Python's
`tarfile.data_filter` is not used: it mends what is refused here (an absolute path), lets links in, and knows no zip.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

MOST_FILES = 100_000
"""Files and folders that one pack may hold; a pack of 1,000 exercises has about 30,000."""

MOST_BYTES = 256 << 20
"""Bytes that the files of one pack may hold together."""

MOST_NAME = 255
"""Bytes in one name: what file systems take."""

MOST_PATH = 1000
"""Bytes in a whole path, which has to fit behind the workspace's own."""

CACHES = ("__pycache__",)
"""Folders that are left where they are: bytecode could differ from the source that a person reads."""


class Unfit(Exception):
    """Something that is not taken in: its name, what it is, and what would be taken."""

    def __init__(self, name: str, found: str, allowed: str) -> None:
        super().__init__(f"{name}: {found}")
        self.name = name
        self.found = found
        self.allowed = allowed


class Intake:
    """Writes files from elsewhere below the empty folder TARGET.

    Args:
        most: bytes that all of them may hold together.
    """

    def __init__(self, target: Path, most: int = MOST_BYTES) -> None:
        self._target = target
        self._most = most
        self._left = most
        self._known: dict[str, tuple[str, bool]] = {}

    def folder(self, name: str) -> None:
        """Take the folder NAME.

        Raises:
            Unfit: the name is not to be had here.
        """
        path = self._place(name, folder=True)
        if path:
            path.mkdir(parents=True, exist_ok=True)

    def file(self, name: str, chunks: Iterable[bytes], *, executable: bool) -> None:
        """Take the file NAME with the bytes of CHUNKS, which are read only so far as there is room.

        Raises:
            Unfit: the name is not to be had here, or there are too many bytes.
        """
        path = self._place(name, folder=False)
        if not path:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            os.fchmod(file.fileno(), 0o755 if executable else 0o644)
            for chunk in chunks:
                self._left -= len(chunk)
                if self._left < 0:
                    raise too_much(name, self._most)
                file.write(chunk)

    def _place(self, name: str, *, folder: bool) -> Path | None:
        """Where NAME goes; None for what is left out."""
        parts = judged(name)
        for count in range(1, len(parts) + 1):
            self._meet("/".join(parts[:count]), folder=folder or count < len(parts))
        return None if not parts or set(parts) & set(CACHES) else self._target.joinpath(*parts)

    def _meet(self, path: str, *, folder: bool) -> None:
        """Remember PATH as some file systems do, for which case and accents' spelling make no difference."""
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        before = self._known.get(key)
        if before is None:
            self._known[key] = (path, folder)
        elif not folder or before != (path, True):  # a folder is met again with each thing in it
            other = before[0]
            found = (
                "the same name twice" if other == path else f"a name that differs from {other} in case or accents alone"
            )
            raise Unfit(path, found, "each name once, on every file system")
        if len(self._known) > MOST_FILES:
            raise Unfit(path, f"more than {MOST_FILES:,} files", "fewer")


def judged(name: str) -> list[str]:
    """The parts of the path NAME; none where it is the folder itself.

    Raises:
        Unfit: it leads elsewhere, or cannot be a name on every system.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        raise Unfit(ascii(name), "a name that is not UTF-8", "names in UTF-8") from None
    parts = [each for each in name.split("/") if each not in ("", ".")]
    if name.startswith("/"):
        raise Unfit(name, "an absolute path", "paths inside the pack")
    if ".." in parts:
        raise Unfit(name, "a path that climbs out", "paths inside the pack")
    if "\\" in name or any(unicodedata.category(each) in ("Cc", "Cf") for each in name):
        raise Unfit(name, "a backslash or a sign that nobody sees in a name", "other names")
    if any(len(each.encode()) > MOST_NAME for each in parts) or len(name.encode()) > MOST_PATH:
        raise Unfit(f"{name[:40]}…", "a name that is too long", f"{MOST_NAME} bytes a name, {MOST_PATH} a path")
    if any(each.casefold() == ".git" for each in parts):
        raise Unfit(name, "a .git, whose settings could start programs", "a setup.py that makes the repository")
    return parts


def too_much(name: str, most: int) -> Unfit:
    """That there are more than MOST bytes, as noticed at NAME."""
    return Unfit(name, f"more than {most >> 20} MiB when unpacked", f"{most >> 20} MiB, for an archive of this size")
