"""A container for a whole checker: limits on all that its runs use together, kept by a Docker engine.

The image is empty. The machine's own programs are mounted into it, so nothing has to be downloaded and a run meets
the same versions as without a container. Rooms are made inside it as they are outside.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from runner.isolation import Refused

IMAGE = "backendlings-empty:1"
LABEL = "backendlings"
"""On everything of ours in a Docker engine, and what is removed there is found by it alone."""

SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "usr", "etc", "opt", "nix")
"""Folders of programs and their settings; on most systems the first few are links into `usr`."""

EMPTY = ("dev", "home", "proc", "root", "run", "sys", "tmp", "var/tmp")

MOST_PROCESSES = 512
SPARE_MEMORY = 1024
"""MiB that the checker and two waiting runs need beside the learner's programs and files."""

LIMIT = 30.0
"""Seconds that the Docker engine may take to answer."""


def command(argv: Sequence[str], *, visible: Iterable[Path], environment: dict[str, str], memory: int) -> list[str]:
    """The command that runs ARGV in a container, read-only and without a network.

    Args:
        visible: files and folders of the machine that it may read, besides the system's own.
        memory: MiB that all its processes may use together.

    Raises:
        Refused: there is no Docker engine that answers.
    """
    docker = shutil.which("docker")
    if not docker:
        raise Refused("There is no docker on PATH.")
    _provide_image(docker)
    folders = [Path("/", name) for name in SYSTEM]
    mounts = {os.path.abspath(path) for path in [*folders, *visible] if path.exists() and not path.is_symlink()}
    return [
        docker,
        "run",
        "--rm",
        "--interactive",
        f"--label={LABEL}",
        "--network=none",
        "--read-only",
        "--tmpfs=/tmp:exec,mode=1777",
        f"--user={os.getuid()}:{os.getgid()}",
        "--cap-drop=ALL",
        *(["--cap-add=SETFCAP"] if os.getuid() == 0 else []),  # what root needs to make a room (user_namespaces(7))
        # Docker's own filters forbid namespaces and a new /proc; a room holds more than they do.
        *(f"--security-opt={each}=unconfined" for each in ("seccomp", "systempaths", "apparmor")),
        f"--memory={memory + SPARE_MEMORY}m",
        f"--pids-limit={MOST_PROCESSES}",
        *(f"--env={name}={value}" for name, value in environment.items()),
        *(f"--mount=type=bind,source={each},target={each},readonly" for each in sorted(mounts)),
        IMAGE,
        *argv,
    ]


def _provide_image(docker: str) -> None:
    if _docker([docker, "image", "inspect", IMAGE]).returncode == 0:
        return
    done = _docker([docker, "import", f"--change=LABEL {LABEL}=1", "-", IMAGE], _empty_system())
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Refused(f"Docker does not answer: {words[-1] if words else 'no reason given'}")


def _docker(argv: list[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(argv, input=data, capture_output=True, timeout=LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refused(f"Docker does not answer: {error}") from None


def _empty_system() -> bytes:
    """An archive of the places to mount on, linked among themselves as on this machine."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in (*SYSTEM, *EMPTY):
            place = Path("/", name)
            entry = tarfile.TarInfo(name)
            entry.mode = 0o755
            entry.type = tarfile.SYMTYPE if place.is_symlink() else tarfile.DIRTYPE
            entry.linkname = os.readlink(place) if place.is_symlink() else ""
            archive.addfile(entry)
    return file.getvalue()
