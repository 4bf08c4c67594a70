"""Writing files so that a reader never meets half of one."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHORT = 30
"""Bytes of a path below which there is room for the name of a socket."""


def write_whole(path: Path, text: str) -> None:
    """Replace PATH by TEXT in one step: a temporary file beside it, synced, then renamed over it.

    Raises:
        OSError: the disk is full or the folder cannot be written; PATH is then as it was.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def write_json(path: Path, data: Any) -> None:
    """Replace PATH by DATA as JSON in one step; raises as `write_whole` does."""
    write_whole(path, json.dumps(data, indent=1) + "\n")


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file PATH alone while the block runs; the kernel frees it if the process dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def private_temporary(purpose: str = "") -> Path:
    """This person's temporary folder for PURPOSE, which nobody else can read or plant things in.

    Raises:
        PermissionError: the place belongs to somebody else.
    """
    name = "-".join(filter(None, ["backendlings", purpose, str(os.getuid())]))
    folder = (short_temporary() if purpose else Path(tempfile.gettempdir())) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def short_temporary() -> Path:
    """The folder for temporary files, or one with a shorter path: a Unix socket's has 104 bytes on some systems."""
    folder = Path(tempfile.gettempdir())
    return folder if len(os.fsencode(folder)) <= SHORT else Path("/tmp")


def alive(pid: int) -> bool:
    """Whether the process PID is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    # One that was killed keeps its number until its parent asks for it, in some containers for ever.
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2][:1] != b"Z"
    return True
