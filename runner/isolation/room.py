"""A room: the namespaces that one run lives in, with files of its own in front of a read-only machine.

`Room.enter` is called by the process that becomes the run. It comes back as process 1 of its own process namespace:
no signal of the learner's programs reaches it, and all of them end with it.
"""

from __future__ import annotations

import contextlib
import errno
import faulthandler
import os
import re
import signal
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from runner.isolation import Refused
from runner.isolation.calls import spare_the_first
from runner.isolation.linux import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    MOUNT_ATTR_NODEV,
    MOUNT_ATTR_NOSUID,
    MOUNT_ATTR_RDONLY,
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_REC,
    PR_SET_PDEATHSIG,
    gain_nothing,
    map_user,
    mount,
    prctl,
    raise_loopback,
    set_mount,
    unshare,
)

FOLDER = Path("/tmp/run")
"""Where a run keeps its files inside its room."""

MOST_SPACE = "size=768m,nr_inodes=100k"
"""What all files of a run together may take, as tmpfs has it; more than the largest single file that is allowed."""

MOST_PROCESSES = 512
"""Processes and threads of a room at once, the ended ones that nobody has asked for among them."""

OWN_COUNT = (6, 14)
"""The version of Linux from which on each room has a count of its own."""

DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
REASONS = {
    errno.EPERM: "A container or AppArmor may forbid it.",
    errno.EACCES: "AppArmor may forbid it.",
    errno.ENOSPC: "user.max_user_namespaces may be 0.",
    errno.ENOSYS: "Linux 5.12 is the first that has all it takes.",
}
"""What most often stands behind an error."""

WRITABLE = ("/tmp", "/var/tmp")
"""Folders that any program may expect to be able to write to."""

SYSTEM = {"bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "nix", "opt", "proc", "run", "sbin", "snap"}
SYSTEM |= {"sys", "tmp", "usr", "var"}
"""What holds the system and its programs at the root of a machine, as the Filesystem Hierarchy Standard has it and
two package managers add to it. All else there is somebody's."""


class Room:
    """A room to be entered.

    Args:
        keep: files and folders that must stay to be seen, wherever they lie.
        own: files and folders that the run itself needs as well, but not the learner's programs.
        hidden: folders that the learner's programs must not see, once `hide` is called in them.
    """

    def __init__(self, keep: Iterable[Path], own: Iterable[Path], hidden: Iterable[Path]) -> None:
        self._keep = list(keep)
        self._own = [*self._keep, *own]
        self._hidden = sorted({os.path.realpath(each) for each in hidden} - {"/"})  # a home may be that, in a container
        self._outside: dict[str, int] = {}

    def enter(self) -> None:
        """Go in. The process that calls this stays outside to wait, and what returns is a child of it.

        Raises:
            Refused: the system does not allow it. The process is then of no use any more.
        """
        try:
            user, group = os.getuid(), os.getgid()
            unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWPID)
            map_user(user, group)
            raise_loopback()
            self._furnish()
            self._become_first()
        except OSError as error:
            raise Refused(
                f"Linux refuses a room of its own to a run ({error}). {REASONS.get(error.errno or 0, '')}"
            ) from None
        except AttributeError:  # a C library without these calls
            raise Refused("This system has no namespaces.") from None

    def outside(self, path: Path) -> Path:
        """PATH of the machine, as it can be opened from inside the room by the run itself."""
        for place, descriptor in self._outside.items():
            if path.is_relative_to(place):
                return Path(f"/proc/self/fd/{descriptor}", path.relative_to(place))
        return path

    def hide(self) -> None:
        """In a program about to start: cover what it must not see. It can never uncover it again.

        Raises:
            OSError: the system refuses.
        """
        unshare(CLONE_NEWNS)
        for folder in self._hidden:  # in order, so that what a cover leaves to be seen is covered in its turn
            if os.path.isdir(folder):
                cover(folder, self._keep, "size=64k,mode=755")
                set_mount(folder, on=MOUNT_ATTR_RDONLY)
        spare_the_first()

    def _furnish(self) -> None:
        mount(None, "/", None, MS_REC | MS_PRIVATE)
        for name in sorted(set(os.listdir("/")) - SYSTEM):
            place = f"/{name}"
            if os.path.isdir(place) and not os.path.islink(place):
                self._cover(place, "size=64k,mode=755")
        for place in WRITABLE:
            if os.path.isdir(place):
                self._cover(place, f"{MOST_SPACE},mode=1777")
        cover("/run", self._own, "size=64k,mode=755")
        devices = [Path("/dev", name) for name in DEVICES]
        cover("/dev", devices, "size=64m,mode=755")
        for number, name in enumerate(("fd", "fd/0", "fd/1", "fd/2")):
            os.symlink(f"/proc/self/{name}", f"/dev/{('fd', 'stdin', 'stdout', 'stderr')[number]}")
        os.mkdir("/dev/shm", 0o1777)
        mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, f"{MOST_SPACE},mode=1777")
        set_mount("/", on=MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, recursive=True)
        for place in (*WRITABLE, "/dev/shm"):
            if os.path.ismount(place):
                set_mount(place, off=MOUNT_ATTR_RDONLY)
        for device in devices:
            if device.exists():
                set_mount(str(device), off=MOUNT_ATTR_NODEV)

    def _cover(self, place: str, options: str) -> None:
        self._outside[place] = os.open(place, os.O_PATH | os.O_CLOEXEC)
        cover(place, self._own, options)

    def _become_first(self) -> None:
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            os._exit(0)
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # Process 1 gets no signal that it has no handler for, and pytest has one for those of a crash.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        faulthandler.disable()
        mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
        _count_processes()
        set_mount("/proc", on=MOUNT_ATTR_RDONLY)
        os.environ["TMPDIR"] = tempfile.tempdir = "/tmp"
        FOLDER.mkdir()
        gain_nothing()


def _count_processes() -> None:
    """Limit the processes of the room, also for root, whom the limit on a user's processes does not bind.

    Only where a room has a count of its own: before Linux 6.14 this would be the machine's.
    """
    version = tuple(map(int, re.findall(r"\d+", os.uname().release)[:2]))
    if version >= OWN_COUNT:
        with contextlib.suppress(OSError):
            Path("/proc/sys/kernel/pid_max").write_text(str(MOST_PROCESSES))


def cover(folder: str, keep: Iterable[Path], options: str) -> None:
    """Mount an empty file system over FOLDER, in which only what is in KEEP can still be reached.

    Raises:
        OSError: the system refuses.
    """
    kept = [(path, os.open(path, os.O_PATH | os.O_CLOEXEC)) for path in _below(folder, keep)]
    try:
        mount("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, options)
        for path, descriptor in kept:
            _make_place(path, descriptor)
            mount(f"/proc/self/fd/{descriptor}", path, None, MS_BIND | MS_REC)
    finally:
        for _, descriptor in kept:
            os.close(descriptor)


def _below(folder: str, keep: Iterable[Path]) -> Iterator[str]:
    """The paths of KEEP below FOLDER that are there, without those below another of them."""
    last = None
    # By both names: a program may be started by a link in FOLDER, and FOLDER itself be reached by one.
    for path in sorted({place(each) for each in keep for place in (os.path.abspath, os.path.realpath)}):
        inside = path.startswith(folder.rstrip("/") + "/") and os.path.exists(path)
        if inside and not (last and path.startswith(last + "/")):
            last = path
            yield path


def _make_place(path: str, descriptor: int) -> None:
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.makedirs(path, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
