"""Looking for programs on PATH and asking their version; what the engines' own files share."""

from __future__ import annotations

import os
import re
import shutil
import subprocess


def on_path(name: str, environ: dict[str, str]) -> str | None:
    """The full path of the program NAME on the PATH of ENVIRON, or None."""
    return shutil.which(name, path=environ.get("PATH", os.defpath))


def version(path: str, *args: str) -> tuple[int, ...]:
    """The version that `PATH ARGS` prints, as numbers; empty when it prints none."""
    try:
        done = subprocess.run([path, *args], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def dotted(numbers: tuple[int, ...]) -> str:
    """A version as people write it."""
    return ".".join(map(str, numbers))
