"""A server that was started for exercises, and what the engines' own files share to start one."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.engines import bridge
from runner.isolation.linux import PR_SET_PDEATHSIG, prctl

STOP_LIMIT = 10.0
"""Seconds that a server has for ending by itself."""

START_LIMIT = 30.0
"""Seconds that a server may take until it takes connections; a second at most on an idle machine."""

LAST_LINES = 3

FULL = 16 << 20
"""Bytes free on a disk below which a server's end is put down to it.

A mongod of ours takes 1.5 MB, and ends where there is no room for its next journal, a few megabytes at a time.
"""


class NotStarted(Exception):
    """A server that did not come up; its words say why."""


@dataclass(frozen=True)
class Server:
    """A server that takes connections.

    Args:
        process: the server's, or for one that somebody else runs that of the bridge to it.
        address: what a client needs to reach it, by name. `socket` is the folder that holds its Unix socket,
            `name` the socket's name there.
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


def launch(
    argv: Sequence[str], folder: Path, user: str | None = None, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
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
            env=environment,
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


def full_disk(folder: Path) -> str:
    """What there is to say of the disk of FOLDER, a server's, as a sentence more; nothing where it has room."""
    free = shutil.disk_usage(folder).free
    return "" if free > FULL else f" The disk is full: {free >> 20} MB are free in {folder}."


def wait_for(place: Path, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until PROCESS, a server in FOLDER, takes connections on the Unix socket PLACE.

    Raises:
        NotStarted: it ended instead, or takes none.
    """
    limit = time.monotonic() + START_LIMIT
    while True:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(place)) == 0:
                return
        if process.poll() is not None or time.monotonic() > limit:
            raise NotStarted(last_words(folder))
        time.sleep(0.005)


def bridged(place: Path, target: str, folder: Path) -> subprocess.Popen[bytes]:
    """The process that leads from the Unix socket PLACE in FOLDER to TARGET, as `bridge` names it.

    Raises:
        NotStarted: it did not come up.
    """
    process = launch([sys.executable, "-P", "-B", "-S", bridge.__file__, str(place), target], folder)
    try:
        wait_for(place, process, folder)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process
