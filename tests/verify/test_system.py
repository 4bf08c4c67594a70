"""Nothing of a run stays behind, in files or processes, whatever state it left them in."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from runner.verify import system
from tests.verify.exercises import alive, poll, write_files
from tests.verify.test_checks import nest


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def gone_process() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_the_place_for_runs_can_be_read_by_its_owner_alone(own):
    root = system.temporary_root()
    assert root.parent == own
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert system.temporary_root() == root


@pytest.mark.parametrize("planted", ["link", "file"])
def test_a_place_that_was_planted_there_is_refused(own, planted):
    place = own / f"backendlings-{os.getuid()}"
    if planted == "link":
        (own / "elsewhere").mkdir()
        place.symlink_to(own / "elsewhere")
    else:
        place.write_text("")
    with pytest.raises((PermissionError, FileExistsError)):
        system.temporary_root()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_place_of_somebody_else_is_refused(own):
    place = own / f"backendlings-{os.getuid()}"
    place.mkdir()
    os.chown(place, 65534, 65534)
    with pytest.raises(PermissionError, match="somebody else"):
        system.temporary_root()


def test_sweeping_removes_the_folders_of_the_dead_alone():
    alive = system.make_temporary()
    other = system.temporary_root() / "kept-by-hand"
    other.mkdir()
    dead = write_files(system.temporary_root() / f"{gone_process()}-abc", {"1/files/solution.py": "x"})
    nest(dead, 2000)
    assert alive.name.startswith(f"{os.getpid()}-")
    system.sweep()
    assert alive.is_dir() and other.is_dir() and not dead.exists()


HOSTILE_TREE = """
import os, sys
from pathlib import Path
from runner.verify.system import remove
if os.getuid() == 0:
    os.setuid(65534)  # root may remove anything
folder, outside = map(Path, sys.argv[1:])
inner = folder / "closed" / "inner"
inner.mkdir(parents=True)
(inner / "file").write_text("x")
(folder / "two words\\n*").write_text("x")
(folder / "-rf").write_text("x")
(folder / "loop").symlink_to(folder)
(folder / "out").symlink_to(outside)
os.mkfifo(folder / "pipe")
(inner / "file").chmod(0)
inner.chmod(0)
(folder / "closed").chmod(0o500)
remove(folder)
assert not os.path.lexists(folder)
"""


def test_folders_without_permissions_are_removed_and_links_are_not_followed():
    place = Path(tempfile.mkdtemp(dir="/tmp", prefix="learn-tests-"))  # pytest's own folders are closed to others
    try:
        place.chmod(0o777)
        outside = write_files(place / "outside", {"kept.txt": "x"})
        outside.chmod(0o555)
        if os.getuid() == 0:
            os.chown(outside, 65534, 65534)
        command = [sys.executable, "-c", HOSTILE_TREE, str(place / "inside"), str(outside)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert (outside / "kept.txt").read_text() == "x"
        assert stat.S_IMODE(outside.stat().st_mode) == 0o555
    finally:
        outside.chmod(0o755)
        shutil.rmtree(place)


ORPHAN = """
import os, sys, time
from runner.verify import system
system.adopt_orphans()
kept = os.fork()
if kept == 0:
    time.sleep(3600)
child = os.fork()
if child == 0:
    for _ in range(3):
        os.fork()
    os.setsid() if os.getpgid(0) != os.getpid() else None
    import signal
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(1, b"%d\\n" % os.getpid())  # in one piece, whoever else writes
    time.sleep(3600)
time.sleep(0.01)
seen = [sys.stdin.readline()]
system.end_strays(keep=[kept])
print("kept", kept, flush=True)
sys.stdin.readline()
system.end_strays(keep=())
print("end", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has subreapers")
def test_strays_are_ended_to_the_last_grandchild_and_what_is_to_be_kept_stays():
    process = subprocess.Popen(
        [sys.executable, "-c", ORPHAN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdin and process.stdout
    try:
        strays = [int(process.stdout.readline()) for _ in range(8)]
        assert all(alive(pid) for pid in strays)
        process.stdin.write("\n")
        kept = int(process.stdout.readline().split()[1])
        assert not any(alive(pid) for pid in strays)
        assert alive(kept)
        process.stdin.write("\n")
        assert process.stdout.readline() == "end\n"
        assert not alive(kept)
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_child_that_asked_for_it_ends_with_its_parent():
    code = (
        "import os, time\nfrom runner.kit.process import die_with_parent\n"
        "child = os.fork()\n"
        "if child == 0:\n    die_with_parent()\n    print(os.getpid(), flush=True)\n"
        "time.sleep(3600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    child = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert poll(lambda: not alive(child))
