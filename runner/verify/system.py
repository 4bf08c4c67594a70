"""What the checker asks of the operating system so that nothing of a run is left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from runner.files import alive, private_temporary
from runner.isolation.linux import PR_SET_CHILD_SUBREAPER, PR_SET_DUMPABLE, prctl


def adopt_orphans() -> None:
    """Become the new parent of any process below that loses its own (Linux's subreaper); elsewhere nothing."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def be_private() -> None:
    """Keep the person's other programs, the learner's among them, out of this process's /proc (Linux).

    There they could write results into its pipes. What this process forks is private too, other programs are not.
    """
    prctl(PR_SET_DUMPABLE, 0)


def end_strays(keep: Iterable[int]) -> None:
    """Kill every child of this process but those in KEEP, and theirs as they become children, until none is left."""
    kept = set(keep)
    while True:
        strays = [pid for pid in _children() if pid not in kept]
        if not strays:
            return
        for pid in strays:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        for pid in strays:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def reap(keep: Iterable[int]) -> None:
    """Collect the children of this process that have ended, but not those in KEEP, for which somebody waits."""
    kept = set(keep)
    for pid in _children():
        if pid not in kept:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def _children() -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []


def temporary_root() -> Path:
    """This person's folder for the files of runs; raises as `private_temporary` does."""
    return private_temporary()


def make_temporary() -> Path:
    """A new folder for one checker, named after its process so that `sweep` can tell whether it is in use."""
    return Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=temporary_root()))


def sweep() -> None:
    """Remove the folders of checkers that are no more, after a crash or a power cut."""
    for folder in temporary_root().iterdir():
        pid = folder.name.partition("-")[0]
        if pid.isdigit() and not alive(int(pid)):
            remove(folder)


def remove(folder: Path) -> None:
    """Remove FOLDER with all in it, also where a program took its own permissions away or nested a thousand folders."""
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)
    if os.path.lexists(folder):
        # chmod and rm walk any depth, and go on where one file refuses.
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(folder)], stdin=subprocess.DEVNULL, capture_output=True, check=False)
