"""A server that was started for exercises, and what the engines' own files share to start one."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.isolation.linux import PR_SET_PDEATHSIG, prctl

STOP_LIMIT = 10.0
"""Seconds that a server has for ending by itself."""

LAST_LINES = 3


class NotStarted(Exception):
    """A server that did not come up; its words say why."""


@dataclass(frozen=True)
class Server:
    """A server that takes connections.

    Args:
        process: the server's, or for one that somebody else runs that of the bridge to it.
        address: what a client needs to reach it, by name. `socket` is the folder that holds its Unix socket.
    """

    process: subprocess.Popen[bytes]
    address: dict[str, str]

    def stop(self) -> None:
        """End it, with SIGKILL where it does not go by itself."""
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def unprivileged() -> str | None:
    """The account for servers that refuse to run as root: None where this is not root, who needs no other one."""
    if os.getuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def own(folder: Path, user: str | None) -> None:
    """Give FOLDER to USER; others may pass through it to the socket."""
    folder.chmod(0o711)
    if user:
        shutil.chown(folder, user)


def launch(argv: Sequence[str], folder: Path, user: str | None = None) -> subprocess.Popen[bytes]:
    """Start a server in FOLDER, its output in the file `log` there; it ends when this process does (Linux)."""

    def bound() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            argv,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            preexec_fn=bound,
        )


def last_words(folder: Path) -> str:
    """The end of what a server in FOLDER has printed."""
    try:
        lines = (folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return " / ".join(line.strip() for line in lines[-LAST_LINES:])
