"""Real git repositories of packs, for tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WHO = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
for _role in ("AUTHOR", "COMMITTER"):
    WHO |= {f"GIT_{_role}_NAME": "Ana", f"GIT_{_role}_EMAIL": "ana@example.org"}


def git(root: Path, *args: str, stdin: bytes = b"") -> str:
    """Run git in ROOT and return what it prints."""
    done = subprocess.run(
        ["git", *args], cwd=root, env={**os.environ, **WHO}, input=stdin, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def commit(root: Path, tag: str = "") -> str:
    """Commit all that ROOT holds, in a repository that is made where there is none; returns the commit's name."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "A version")
    if tag:
        git(root, "tag", "--force", tag)
    return git(root, "rev-parse", "HEAD")
