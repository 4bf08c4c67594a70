"""The ways in which editors save a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

Save = Callable[[Path, str], None]


def in_place(path: Path, text: str) -> None:
    """As nano and many small editors: the same file, written over."""
    path.write_text(text, encoding="utf-8")


def write_and_rename(path: Path, text: str) -> None:
    """As VS Code's atomic saves: a file beside it, renamed over it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def truncate_then_write_twice(path: Path, text: str) -> None:
    """Emptied, a moment later half written, another moment later whole."""
    pause = threading.Event()
    half = len(text) // 2
    with path.open("w", encoding="utf-8") as file:
        pause.wait(0.01)
        file.write(text[:half])
        file.flush()
        pause.wait(0.005)
        file.write(text[half:])


def with_vim(path: Path, text: str) -> None:
    """Vim itself, with a backup and a swap file."""
    new = path.parent.parent / f"{path.name}.for-vim"
    new.write_text(text, encoding="utf-8")
    commands = [
        "set backup writebackup backupskip= backupdir=. backupcopy=no swapfile nofixendofline",
        "%delete _",
        f"call setline(1, readfile('{new}'))",
        "wq",
    ]
    options = [part for command in commands for part in ("-c", command)]
    subprocess.run(["vim", "-N", "-u", "NONE", "-i", "NONE", "-es", *options, str(path)], check=True, timeout=20)
    new.unlink()


SAVES: list[Save] = [in_place, write_and_rename, truncate_then_write_twice]
if shutil.which("vim"):
    SAVES.append(with_vim)
