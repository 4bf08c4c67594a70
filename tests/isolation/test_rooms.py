"""What a learner's program sees of the machine from inside a run's room, and what it can do there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.isolation.needed import copies, needed
from runner.isolation.room import SYSTEM
from runner.verify.client import Checker
from runner.verify.trial import follow, run_once
from tests.verify.exercises import statuses, write_exercise, write_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")

CHECKS = '''
def test_looks(learner):
    """look() prints what it sees"""
    learner.call("solution:look")


def test_meets(learner, work):
    """what a program leaves in /tmp is there for the checks"""
    from pathlib import Path

    Path("/tmp/from-the-check").write_text("hello")
    assert learner.call("solution:meet") == "hello"
    assert Path("/tmp/from-the-program").read_text() == "hello back"
'''
MEETS = """
def meet():
    with open("/tmp/from-the-program", "w") as file:
        file.write("hello back")
    with open("/tmp/from-the-check") as file:
        return file.read()
"""


class Window:
    """Runs code in a room and tells what it printed."""

    def __init__(self, place: Path) -> None:
        self.exercise = write_exercise(place / "pack", CHECKS)
        self.work = place / "work"
        self.checker = Checker(self.exercise, "python", {}, [self.work], "namespaces")

    def look(self, code: str) -> str:
        """What CODE, as the body of the learner's function, prints."""
        body = "".join(f"    {line}\n" for line in code.strip().splitlines())
        folder = write_files(self.work / "topic" / "one", {"solution.py": f"import os\ndef look():\n{body}{MEETS}"})
        verdict = follow(self.checker, folder, 1, {}, {})
        assert verdict.passed, verdict
        assert verdict.isolation == "namespaces"
        return verdict.output.rstrip("\n")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    made = Window(tmp_path_factory.mktemp("room"))
    yield made
    made.checker.close()


def test_its_own_files_and_the_runs_tmp_are_all_that_can_be_written(window):
    code = """
for place in ("/usr", "/etc", "/var", "/dev", "/run", os.path.dirname(os.__file__)):
    try:
        open(f"{place}/backendlings-attack", "w")
        print(place, "was written to")
    except OSError as error:
        assert error.errno == 30, error
for place in (".", "/tmp", "/var/tmp", "/dev/shm", os.environ["HOME"], os.environ["TMPDIR"]):
    open(f"{place}/mine", "w").write("x")
print("done")
"""
    assert window.look(code) == "done"
    assert not Path("/tmp/mine").exists()


def test_the_home_the_checks_and_the_rest_of_the_work_are_out_of_sight(window):
    pack = Path(window.exercise.root)
    write_files(window.work / ".learn", {"secret": "given"})
    code = f"""
for place in ({str(pack / "exercises")!r}, {str(window.work)!r}, {str(Path.home())!r}):
    print([each for each in (os.listdir(place) if os.path.isdir(place) else []) if not each.startswith(".")])
"""
    seen = window.look(code).splitlines()
    assert seen[:2] == ["[]", "[]"]
    kept = {Path(each).relative_to(Path.home()).parts[0] for each in sys.path if each.startswith(f"{Path.home()}/")}
    assert set(eval(seen[2])) <= kept | {Path(sys.prefix).name}


def test_of_what_is_somebodys_at_the_root_only_what_a_run_needs_is_there(window):
    code = f"""
for name in sorted(set(os.listdir("/")) - {SYSTEM!r}):
    for root, folders, files in os.walk(f"/{{name}}"):
        if any(root.startswith(each) for each in {sorted(map(str, needed([])))!r}):
            folders.clear()
        elif files:
            print(root, files)
"""
    assert window.look(code) == ""


def test_copies_of_the_pack_that_python_can_import_are_found_so_that_they_can_be_hidden(tmp_path, monkeypatch):
    copy = tmp_path / "site-packages" / "runner" / "builtin"
    write_files(copy, {"solution.py": "the answer"})
    monkeypatch.syspath_prepend(copy.parents[1])
    assert copies()[0] == copy


def test_its_processes_are_alone_and_the_first_cannot_be_killed(window):
    code = """
import signal, subprocess
print(os.getppid(), all(int(each) < 1000 for each in os.listdir("/proc") if each.isdigit()))
for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGSTOP):
    os.kill(1, number)
for name in ("environ", "mem", "maps"):
    try:
        print(open(f"/proc/1/{name}", "rb").read(1))
    except OSError as error:
        print(error.strerror)
for number in range(64):
    try:
        print(os.open(f"/proc/1/fd/{number}", os.O_WRONLY))
    except OSError:
        pass
"""
    assert window.look(code).splitlines() == ["1 True", *["Permission denied"] * 3]


def test_a_process_without_its_parent_is_gone_when_it_has_ended(window):
    code = """
import subprocess, time
pid = int(subprocess.run(["sh", "-c", "sleep 0.1 >/dev/null & echo $!"], capture_output=True).stdout)
limit = time.monotonic() + 2
while os.path.exists(f"/proc/{pid}") and time.monotonic() < limit:
    time.sleep(0.01)
print(os.path.exists(f"/proc/{pid}"))
"""
    assert window.look(code) == "False"


def test_the_network_is_a_loopback_of_its_own(window):
    with socket.create_server(("127.0.0.1", 0)) as outside:
        code = f"""
import socket
print([name for _, name in socket.if_nameindex()])
try:
    socket.create_connection({outside.getsockname()!r}, timeout=5)
except ConnectionRefusedError:
    print("refused")
with socket.create_server(("127.0.0.1", {outside.getsockname()[1]})) as mine:
    socket.create_connection(mine.getsockname(), timeout=5).close()
    print("mine answers")
"""
        assert window.look(code).splitlines() == ["['lo']", "refused", "mine answers"]


def test_there_are_no_privileges_and_none_to_be_had(window):
    code = """
import ctypes
words = dict(line.split(":") for line in open("/proc/self/status").read().splitlines())
print({words[each].strip() for each in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}, words["NoNewPrivs"].strip())
libc = ctypes.CDLL(None, use_errno=True)
print([libc.umount2(each, 2) for each in (b"/proc", b"/root", b"/tmp")], libc.mount(b"x", b"/tmp", b"tmpfs", 0, None))
print(libc.unshare(0x10000000 | 0x00020000) and "no namespaces" or open("/proc/self/uid_map").read())
try:
    os.mknod("/tmp/disk", 0o60600, os.makedev(254, 0))
except OSError as error:
    print(error.strerror)
"""
    none, unmounted, mapped, device = window.look(code).splitlines()
    assert none == "{'0000000000000000'} 1"
    assert unmounted == "[-1, -1, -1] -1"
    assert mapped in ("no namespaces", "")
    assert device == "Operation not permitted"


def test_devices_that_programs_need_are_there_and_no_others(window):
    code = """
print(sorted(os.listdir("/dev")))
open("/dev/null", "w").write("x")
print(open("/dev/zero", "rb").read(1), len(open("/dev/urandom", "rb").read(3)))
"""
    listed, read = window.look(code).splitlines()
    assert set(eval(listed)) <= {
        "fd", "full", "null", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero"
    }  # fmt: skip
    assert read == "b'\\x00' 3"


def test_its_files_together_are_bounded(window):
    code = """
import errno
written = 0
try:
    for number in range(100):
        with open(f"/tmp/part-{number}", "wb") as file:
            for _ in range(16):
                written += file.write(bytes(4 << 20))
except OSError as error:
    print(error.errno == errno.ENOSPC, written >> 20)
for number in range(100):
    if os.path.exists(f"/tmp/part-{number}"):
        os.remove(f"/tmp/part-{number}")
"""
    full, size = window.look(code).split()
    assert full == "True"
    assert 700 < int(size) <= 768


def test_a_check_that_finds_them_full_blames_what_filled_them(tmp_path):
    checks = '''
def test_fills(learner):
    """fill() leaves room"""
    learner.call("solution:fill")


def test_writes(learner, work):
    """the check has room"""
    (work / "new").write_bytes(bytes(1 << 20))
'''
    fill = """
def fill():
    try:
        for number in range(100):
            with open(f"part-{number}", "wb") as file:
                for _ in range(60):
                    file.write(bytes(4 << 20))
    except OSError:
        pass
"""
    exercise = write_exercise(tmp_path / "pack", checks)
    verdict = run_once(exercise, write_files(tmp_path / "filler", {"solution.py": fill}), "python")
    assert verdict.isolation == "namespaces"
    assert statuses(verdict) == {"fills": "passed", "writes": "overlimit"}
    assert verdict.status == "overlimit"


ROOM = """
import os, subprocess, sys
from pathlib import Path
from runner.isolation.room import Room
from runner.isolation.needed import needed
home = Path(sys.argv[1])
room = Room([*needed([]), home / "tools", home / "link"], [], [home])
room.enter()
look = "find . | sort; cat link/file"
print(subprocess.run(["sh", "-c", look], cwd=home, preexec_fn=room.hide, capture_output=True, text=True), flush=True)
os._exit(0)
"""


def test_what_is_needed_of_a_covered_folder_stays_by_each_of_its_names(tmp_path):
    home = tmp_path / "home"
    write_files(home / "tools", {"bin/program": "x", "file": "kept"})
    write_files(home, {"secret": "x", "other/secret": "x"})
    (home / "link").symlink_to("tools")
    (tmp_path / "named").symlink_to(home)
    for name in ("home", "named"):
        command = [sys.executable, "-c", ROOM, str(tmp_path / name)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ})
        assert "secret" not in done.stdout, done
        assert "./tools/bin/program" in done.stdout, done
        assert "kept" in done.stdout
