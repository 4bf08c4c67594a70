"""Linux's own calls for namespaces, mounts and capabilities, as thin functions; each raises OSError when refused.

The constants are those of linux/sched.h, linux/mount.h, linux/prctl.h, linux/capability.h and linux/if.h.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 4096, 16384, 1 << 18
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
SYS_MOUNT_SETATTR = 442
"""The same number on every architecture; Linux 5.12 or later."""

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 36, 38
SIOCSIFFLAGS, IFF_UP_LOOPBACK = 0x8914, 0x1 | 0x8

LAST_CAPABILITY = Path("/proc/sys/kernel/cap_last_cap")


class _MountAttr(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def prctl(option: int, value: int) -> None:
    """Call prctl for a setting that may be missing without harm; elsewhere than on Linux do nothing."""
    if sys.platform == "linux":
        _libc().prctl(option, ctypes.c_ulong(value), 0, 0, 0)


def unshare(flags: int) -> None:
    """Leave the namespaces that FLAGS name for new ones."""
    _call("unshare", _libc().unshare(flags))


def map_user(user: int, group: int) -> None:
    """In a new user namespace: be USER and GROUP in it as outside, all that an unprivileged user may ask for.

    The order of the three is the one that user_namespaces(7) allows. A process that keeps out of sight may not write
    them, so for as long as that takes it is as any other.
    """
    prctl(PR_SET_DUMPABLE, 1)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    prctl(PR_SET_DUMPABLE, 0)


def raise_loopback() -> None:
    """In a new network namespace: switch on the loopback interface, the only one there is."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP_LOOPBACK))


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    """Mount as mount(2)."""
    words = [None if word is None else os.fsencode(word) for word in (source, target, kind, options)]
    _call(f"mount {target}", _libc().mount(words[0], words[1], words[2], ctypes.c_ulong(flags), words[3]))


def set_mount(target: str, *, on: int = 0, off: int = 0, recursive: bool = False) -> None:
    """Switch attributes of the mount at TARGET, and those below it, on and off (mount_setattr(2))."""
    attributes = _MountAttr(on, off, 0, 0)
    done = _libc().syscall(
        SYS_MOUNT_SETATTR,
        AT_FDCWD,
        os.fsencode(target),
        AT_RECURSIVE if recursive else 0,
        ctypes.byref(attributes),
        ctypes.sizeof(attributes),
    )
    _call(f"mount_setattr {target}", done)


def gain_nothing() -> None:
    """Have every program started from here on come without capabilities, whoever starts it and whatever its file says.

    This process keeps those that it has.
    """
    libc = _libc()
    for capability in range(int(LAST_CAPABILITY.read_text()) + 1):
        _call("drop a capability", libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0))
    _call("no new privileges", libc.prctl(PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(what: str, result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
