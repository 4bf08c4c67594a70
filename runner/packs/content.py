"""What a pack consists of on disk, and its hash: of all paths, modes and bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

PARTS = ("exercises", "pack.toml", "solutions")
"""What of a repository, archive or folder is the pack."""

BESIDE = ("authors", "copying", "license", "licence", "notice", "readme")
"""How files beside them begin that are taken along."""


NAMED = 32
"""Digits of a content's hash in the name of its folder: a whole one would take a quarter of the longest path."""


def folder_of(store: Path, sha256: str) -> Path:
    """Where the content with that hash lies, or would lie, in the folder STORE."""
    return store / sha256[:NAMED]


def belongs(path: str) -> bool:
    """Whether the file PATH, relative to the pack's folder, is part of the pack."""
    first, _, below = path.partition("/")
    return first in PARTS or (not below and first.lower().startswith(BESIDE))


def walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below FOLDER, folders too, in a fixed order: its path relative to FOLDER, and its `lstat`."""
    pending = [""]
    while pending:
        place = pending.pop()
        for entry in sorted(os.scandir(folder / place), key=lambda each: each.name):
            name = f"{place}/{entry.name}" if place else entry.name
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                pending.append(name)
            yield name, status


def digest(folder: Path) -> str:
    """The sha256 of all that FOLDER holds: paths, whether executable, bytes. What is no file counts by its kind."""
    import hashlib  # with a library behind it, which most commands need not load

    total = hashlib.sha256()
    for name, status in sorted(walk(folder)):
        if stat.S_ISDIR(status.st_mode):
            continue
        regular = stat.S_ISREG(status.st_mode)
        kind = "x" if status.st_mode & 0o111 else "-"
        head = f"{name}\0{kind if regular else stat.S_IFMT(status.st_mode)}\0{status.st_size}\0"
        total.update(head.encode("utf-8", "surrogateescape"))
        if regular:
            total.update((folder / name).read_bytes())
    return total.hexdigest()


def changed_at(folder: Path) -> int:
    """When anything in FOLDER was last written, renamed or removed: the newest `ctime`, which no program can set.

    Returns nanoseconds of the file system's clock.
    """
    own = os.lstat(folder).st_ctime_ns
    return max([own, *(status.st_ctime_ns for _, status in walk(folder))])
