"""What programs of a room can do to its first process, which is of the same user, and to the count of processes."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.isolation.calls import CALLS
from runner.isolation.room import MOST_PROCESSES, OWN_COUNT
from tests.isolation.test_rooms import Window

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")

TRIES = """
import resource
def tried(action):
    try:
        return str(action())
    except OSError as error:
        return error.strerror
for pid in (1, 0, os.getpid()):
    print(
        tried(lambda: resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0)) and "done"),
        tried(lambda: os.setpriority(os.PRIO_PROCESS, pid, 5)),
        tried(lambda: os.sched_setaffinity(pid, os.sched_getaffinity(0))),
        tried(lambda: os.sched_setscheduler(pid, os.SCHED_OTHER, os.sched_param(0))),
        sep=", ",
    )
"""
FORKS = """
count = 0
try:
    while count < 2000:
        if not os.fork():
            import time
            time.sleep(60)
        count += 1
except OSError:
    pass
print(count)
"""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    made = Window(tmp_path_factory.mktemp("calls"))
    yield made
    made.checker.close()


@pytest.mark.skipif(platform.machine() not in CALLS, reason="its calls' numbers are not known")
def test_a_program_may_limit_itself_and_not_the_first_process(window):
    first, *others = window.look(TRIES).splitlines()
    assert first == ", ".join(["Operation not permitted"] * 4)
    assert others == ["done, None, None, None"] * 2


@pytest.mark.skipif(
    os.getuid() == 0 and tuple(map(int, re.findall(r"\d+", platform.release())[:2])) < OWN_COUNT,
    reason="root's processes are not counted there",
)
def test_processes_are_bounded_also_for_root_and_the_machine_is_not(window):
    before = Path("/proc/sys/kernel/pid_max").read_text()
    assert int(window.look(FORKS)) < MOST_PROCESSES
    assert Path("/proc/sys/kernel/pid_max").read_text() == before
