"""A filter for the system calls by which a program could harm the first process of its room.

That process has the same user, so Linux lets any program of the room set its limits and its turns: it would end it
for using a second of the processor, or leave it without files. The constants are those of linux/seccomp.h,
linux/bpf_common.h and linux/audit.h.
"""

from __future__ import annotations

import ctypes
import errno
import platform

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
REFUSE, ALLOW = 0x00050000 | errno.EPERM, 0x7FFF0000
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE, FIRST, SECOND = 0, 4, 16, 24
"""Where the filter finds these in what it is told of a call, on machines that put the low half of a number first."""

X32 = 0x40000000
"""Added to the numbers of a second set of calls on x86-64."""

CALLS = {
    # The architecture's mark, and for each call the place of the process that it changes: prlimit64, setpriority,
    # sched_setaffinity, sched_setparam, sched_setscheduler, sched_setattr.
    "x86_64": (0xC000003E, {302: FIRST, 141: SECOND, 203: FIRST, 142: FIRST, 144: FIRST, 314: FIRST}),
    "aarch64": (0xC00000B7, {261: FIRST, 140: SECOND, 122: FIRST, 118: FIRST, 119: FIRST, 274: FIRST}),
}


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction))]


def spare_the_first() -> None:
    """Have this program, and all that it starts, change no limit and no turn of process 1.

    Needs the kernel's promise that it gains no privileges. Where the kernel has no such filters, or the architecture
    is not known here, nothing.
    """
    if platform.machine() not in CALLS:
        return
    mark, calls = CALLS[platform.machine()]
    filtered = [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, mark),
        (RETURN, 0, 0, REFUSE),  # calls of another architecture go by other numbers
        (LOAD, 0, 0, NUMBER),
        (IF_AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, REFUSE),
    ]
    for call, place in calls.items():
        filtered += [(IF_EQUAL, 0, 4, call), (LOAD, 0, 0, place), (IF_EQUAL, 0, 1, 1)]
        filtered += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    filtered.append((RETURN, 0, 0, ALLOW))
    instructions = (_Instruction * len(filtered))(*(_Instruction(*each) for each in filtered))
    program = _Program(len(filtered), instructions)
    ctypes.CDLL(None).prctl(PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.byref(program), 0, 0)
