"""Looking for programs on PATH and asking their version; what the engines' own files share."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys


def on_linux_x86() -> bool:
    """Whether this is the system that wheels with programs in them are mostly built for."""
    return sys.platform == "linux" and os.uname().machine == "x86_64"


def on_path(name: str, environ: dict[str, str]) -> str | None:
    """The full path of the program NAME on the PATH of ENVIRON, or None."""
    found = shutil.which(name, path=environ.get("PATH", os.defpath))
    return os.path.abspath(found) if found else None


LOADER = "/lib64/ld-linux-x86-64.so.2"
"""What starts programs on Linux x86-64, by the name that its ABI has fixed."""


def command(path: str) -> list[str]:
    """The command that starts the program at PATH, also where an installer forgot that it may be run.

    A file of Python, such as those in `wheels/`, is run by this Python.
    """
    if path.endswith(".py"):
        return [sys.executable, "-P", "-B", path]
    return [path] if os.access(path, os.X_OK) else [LOADER, path]


def version(path: str, *args: str) -> tuple[int, ...]:
    """The version that `PATH ARGS` prints, as numbers; empty when it prints none."""
    try:
        done = subprocess.run(
            [*command(path), *args],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def too_old(name: str, path: str, numbers: tuple[int, ...], oldest: tuple[int, ...]) -> str:
    """Why the program at PATH, which told the version NUMBERS, is not taken."""
    if not numbers:  # such as the stand-ins for git that a Mac has before its tools are installed
        return f"{path} does not tell its version"
    return f"{name} {dotted(numbers)} on PATH is older than {dotted(oldest)}"


def dotted(numbers: tuple[int, ...]) -> str:
    """A version as people write it."""
    return ".".join(map(str, numbers))
