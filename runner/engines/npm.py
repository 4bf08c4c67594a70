"""Packages from npm, installed once into a cache that all workspaces share, from lock files kept in `locks/`.

The lock files name versions and hashes, and no addresses: npm fetches from the registry that the person has set up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

LOCKS = Path(__file__).parent / "locks"

LIMIT = 300.0
"""Seconds that npm may take."""


class NotFetched(Exception):
    """npm could not install a package; the message is npm's own last words."""


def place(name: str, environ: dict[str, str]) -> Path:
    """The folder `node_modules` of the package NAME in the cache, whether it is there or not.

    Its path holds the lock file's hash, so that a new lock never meets what an old one installed.
    """
    base = environ.get("XDG_CACHE_HOME") or os.path.join(environ.get("HOME", os.path.expanduser("~")), ".cache")
    digest = hashlib.sha256((LOCKS / name / "package-lock.json").read_bytes()).hexdigest()[:12]
    return Path(base, "backendlings", "npm", f"{name}-{digest}", "node_modules")


def fetch(name: str, node: str, environ: dict[str, str]) -> Path:
    """Install the package NAME with the npm that belongs to NODE, whole or not at all; returns its `node_modules`.

    Raises:
        NotFetched: no network, no npm, a full disk.
    """
    target = place(name, environ).parent
    npm = _npm(node)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=target.parent) as folder:
            for file in (LOCKS / name).iterdir():
                shutil.copy(file, folder)
            command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            done = subprocess.run(
                command,
                cwd=folder,
                env={**environ, "PATH": os.pathsep.join([os.path.dirname(node), environ.get("PATH", os.defpath)])},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=LIMIT,
                check=False,
            )
            if done.returncode:
                raise NotFetched(_reason(done.stderr))
            os.chmod(folder, 0o755)
            if not target.is_dir():  # another `learn` may have been quicker
                os.rename(folder, target)
                os.mkdir(folder)  # for the context manager to remove
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotFetched(str(error)) from None
    return target / "node_modules"


def _npm(node: str) -> list[str]:
    """The npm beside NODE: as a program, or as the script inside Node's own installation."""
    script = Path(node).resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.is_file():
        return [node, str(script)]
    program = shutil.which("npm")
    if not program:
        raise NotFetched("there is no npm beside Node")
    return [program]


def _reason(stderr: str) -> str:
    lines = [line.removeprefix("npm error").strip() for line in stderr.splitlines()]
    return next((line for line in lines if line and not line.startswith(("code", "errno", "syscall"))), "npm failed")
