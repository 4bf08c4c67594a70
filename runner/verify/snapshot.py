"""The learner's files at one moment: which count, their hash, and a copy of them to run."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

IGNORED_FOLDERS = {
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    "node_modules",
    ".venv",
    ".idea",
    ".vscode",
}
IGNORED_FILES = re.compile(
    r"""
    \..*\.sw[a-z]$       # vim's swap files
    | 4913$              # the file that vim makes to see whether it can write
    | .*~$ | \#.*\#$     # backups of vim, emacs and nano
    | \.\#.*             # emacs' locks
    | .*___jb_(tmp|old)___$
    | \.DS_Store$
    """,
    re.VERBOSE,
)
MOST_BYTES = 64 * 1024 * 1024
"""Bytes that the files of one exercise may hold together; more is refused before it is copied."""

GIT_LIMIT = 1.0
"""Seconds that git may take to list an index; where it waits longer, the index counts by its bytes."""

GIT_QUIET = ("objects", "index", "COMMIT_EDITMSG", "FETCH_HEAD", "ORIG_HEAD", "gc.log")
"""What in a `.git` is no evidence of change: objects count through refs, the index through what git reads in it."""


class NotCopied(Exception):
    """The folder cannot be copied for a run; the message says why."""


class Gone(NotCopied):
    """There is no folder to copy."""


class TooMuch(NotCopied):
    """The folder holds more than a run may copy."""


def files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file and link below FOLDER that counts, in a fixed order: path relative to it, and its `lstat`.

    Editors' own files, caches, sockets, FIFOs and devices do not count, and nothing here opens a file.
    """
    pending = [""]
    while pending:
        place = pending.pop()
        try:
            entries = sorted(os.scandir(os.path.join(folder, place)), key=lambda each: each.name)
        except OSError:
            continue
        git = {"HEAD", "objects", "refs"} <= {each.name for each in entries}
        for entry in entries:
            name = f"{place}/{entry.name}" if place else entry.name
            if git and (entry.name in GIT_QUIET or entry.name.endswith(".lock")):
                if entry.name == "index":
                    yield name, entry.stat(follow_symlinks=False)
                continue
            with contextlib.suppress(OSError):
                if _ignored(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(name)
                else:
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode):
                        yield name, status


def signature(folder: Path) -> tuple[tuple[str, int, int, int, int], ...]:
    """What `stat` alone tells of the files that count: changes whenever one of them may have changed."""
    return tuple(
        (name, status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode & 0o111)
        for name, status in files(folder)
    )


def content(folder: Path) -> str:
    """The hash of the learner's work in FOLDER: names, bytes, whether executable, links' targets.

    In a repository the index counts by what git reads in it, so that a refresh of its times is no change.
    """
    total = hashlib.sha256()
    for name, status in files(folder):
        path = folder / name
        with contextlib.suppress(OSError):
            total.update(f"{name}\0{status.st_mode & 0o111}\0".encode("utf-8", "surrogateescape"))
            total.update(_bytes(path, status))
            total.update(b"\0")
    return total.hexdigest()


def _bytes(path: Path, status: os.stat_result) -> bytes:
    if stat.S_ISLNK(status.st_mode):
        return os.fsencode(os.readlink(path))
    if path.name == "index" and (path.parent / "HEAD").is_file():
        return _staged(path.parent)
    if status.st_size > MOST_BYTES:
        return str(status.st_mtime_ns).encode()
    return path.read_bytes()


def _staged(git_folder: Path) -> bytes:
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "-c",
        "core.fsmonitor=false",
        f"--git-dir={git_folder}",
        "ls-files",
        "-v",  # with the marks by which git is told to overlook a file
        "--stage",
        "-z",
    ]
    environment = {
        # Started from a git hook, `learn` finds variables there that lead git to another index.
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        # An index may name folders that are to be fetched, and settings the program that fetches them.
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOC_LIMIT": "128m",
    }
    with contextlib.suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            command, env=environment, capture_output=True, cwd=git_folder.parent, timeout=GIT_LIMIT, check=False
        )
        if done.returncode == 0:
            return done.stdout
    return (git_folder / "index").read_bytes()


def held_lock(folder: Path) -> Path | None:
    """An `index.lock` below FOLDER, the sign that a git command is at work; None where there is none."""
    for place in (".", "*"):
        for lock in folder.glob(f"{place}/.git/index.lock"):
            return lock
    return None


def copy(folder: Path, target: Path) -> str:
    """Copy the learner's work from FOLDER into the empty TARGET and return the copy's `content` hash.

    Raises:
        Gone: there is no such folder.
        TooMuch: the files hold more than `MOST_BYTES`.
        NotCopied: a file cannot be read, the disk is full, the folders lie too deep.
    """
    if not folder.is_dir():
        raise Gone(f"The exercise's folder {folder} is gone. To have it laid out again: learn reset")
    if sum(status.st_size for _, status in files(folder)) > MOST_BYTES:
        raise TooMuch(f"The exercise's folder holds more than {MOST_BYTES >> 20} MiB.")
    try:
        shutil.copytree(folder, target, symlinks=True, ignore=_left_out, dirs_exist_ok=True, copy_function=_copy_file)
    except shutil.Error as error:  # it goes on after an error and tells them all at the end
        raise NotCopied(f"Your files could not be copied to be run: {error.args[0][0][-1]}") from None
    except (OSError, RecursionError) as error:
        raise NotCopied(f"Your files could not be copied to be run: {error}") from None
    return content(target)


def _left_out(place: str, names: list[str]) -> set[str]:
    return {name for name in names if _ignored(name) or _special(place, name)}


def _ignored(name: str) -> bool:
    return name in IGNORED_FOLDERS or IGNORED_FILES.fullmatch(name) is not None


def _special(place: str, name: str) -> bool:
    try:
        mode = os.lstat(os.path.join(place, name)).st_mode
    except OSError:
        return True
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))


def _copy_file(source: str, target: str) -> None:
    """As `shutil.copy2`, but a file that an editor has just renamed away is passed over, not an error."""
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, target, follow_symlinks=False)
