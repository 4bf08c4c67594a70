"""Packages from npm, installed once into a cache that all workspaces share, from lock files kept in `locks/`.

The lock files name versions and hashes, and no addresses: npm fetches from the registry that the person has set up.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

LOCKS = Path(__file__).parent / "locks"

LIMIT = 300.0
"""Seconds that npm may take."""

OPTIONS = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
    "--fetch-retries=1",  # npm's own two with pauses keep a person without a network waiting for over a minute
    "--fetch-retry-mintimeout=500",
    "--fetch-retry-maxtimeout=2000",
)


class NotFetched(Exception):
    """npm could not install a package; the message is npm's own last words."""


def place(name: str, environ: dict[str, str]) -> Path:
    """The folder `node_modules` of the package NAME in the cache, whether it is there or not.

    Its path holds the lock file's hash, so that a new lock never meets what an old one installed.
    """
    base = environ.get("XDG_CACHE_HOME") or os.path.join(environ.get("HOME", os.path.expanduser("~")), ".cache")
    digest = hashlib.sha256((LOCKS / name / "package-lock.json").read_bytes()).hexdigest()[:12]
    return Path(base, "backendlings", "npm", f"{name}-{digest}", "node_modules")


def version(name: str, environ: dict[str, str]) -> str:
    """The version of the package NAME in the cache; empty where it is not there."""
    try:
        told = json.loads((place(name, environ) / name / "package.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return re.sub(r"[^\d.].*", "", str(told))


def fetch(name: str, node: str, environ: dict[str, str]) -> Path:
    """Install the package NAME with the npm that belongs to NODE, whole or not at all; returns its `node_modules`.

    Raises:
        NotFetched: no network, no npm, a full disk.
    """
    target = place(name, environ).parent
    npm = _npm(node, environ)
    path = os.pathsep.join([os.path.dirname(node), environ.get("PATH", os.defpath)])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=target.parent) as place_of_making:
            folder = Path(place_of_making, name)
            shutil.copytree(LOCKS / name, folder)
            done = subprocess.run(
                [*npm, "ci", *OPTIONS],
                cwd=folder,
                env={**environ, "PATH": path},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=LIMIT,
                check=False,
            )
            if done.returncode:
                raise NotFetched(_reason(done.stderr))
            if not version(name, environ):
                shutil.rmtree(target, ignore_errors=True)  # somebody has removed a part of it
            try:
                folder.rename(target)
            except OSError:
                if not version(name, environ):  # else another `learn` was quicker
                    raise
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotFetched(str(error)) from None
    return target / "node_modules"


def _sweep(folder: Path) -> None:
    """Remove from FOLDER what killed programs left half made."""
    for each in folder.glob(".making-*"):
        if time.time() - each.stat().st_mtime > 2 * LIMIT:
            shutil.rmtree(each, ignore_errors=True)


def _npm(node: str, environ: dict[str, str]) -> list[str]:
    """The npm beside NODE: as a program, or as the script inside Node's own installation."""
    script = Path(node).resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.is_file():
        return [node, str(script)]
    program = shutil.which("npm", path=environ.get("PATH", os.defpath))
    if not program:
        raise NotFetched("there is no npm beside Node")
    return [program]


def _reason(stderr: str) -> str:
    lines = [line.removeprefix("npm error").strip() for line in stderr.splitlines()]
    return next((line for line in lines if line and not line.startswith(("code", "errno", "syscall"))), "npm failed")
