"""A machine in trouble: full disk, read-only folder, no current folder, closed pipe, a terminal without Unicode."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import resource
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from runner.verify.verdict import Verdict
from runner.workspace.place import PackSource, Settings, make
from runner.workspace.workspace import Workspace, open_workspace
from tests.cli.conftest import LEARN, Learn, environment, run_learn
from tests.packs import add_exercise, change, exercise_folder, put

PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1
"""From linux/prctl.h and linux/capability.h."""


# Wrong uses


@pytest.mark.parametrize(
    ("typed", "meant"), [("lst", "list"), ("hnt", "hint"), ("statsu", "status"), ("wach", "watch"), ("qqq", "--help")]
)
def test_an_unknown_command_is_answered_with_the_nearest(learn: Learn, typed: str, meant: str):
    done = learn(typed)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"There is no command '{typed}'. Next: learn {meant}" in done.stderr


def test_help_lists_every_command(tmp_path: Path):
    for option in ("--help", "-h"):
        done = run_learn(option, cwd=tmp_path)
        assert done.returncode == 0
        for command in ("watch", "init", "run", "check-all", "hint", "brief", "list", "status", "reset", "pack"):
            assert re.search(rf"^  {command} ", done.stdout, re.MULTILINE)
    version = run_learn("--version", cwd=tmp_path)
    assert version.returncode == 0
    assert re.search(r"\d+\.\d+\.\d+", version.stdout)


def test_each_command_has_help(tmp_path: Path):
    from runner.cli import COMMANDS

    for command in COMMANDS:
        done = run_learn(command, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert done.stdout.startswith(f"Usage: learn {command}")


def test_watch_without_a_workspace_is_told(tmp_path: Path):
    done = run_learn("watch", cwd=tmp_path)
    assert done.returncode == 2
    assert "There is no workspace here." in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_who_closes_a_stream_is_answered_all_the_same(workspace: Workspace, closed: str):
    done = subprocess.run(
        ["sh", "-c", f'"$0" list {closed}', LEARN], cwd=workspace.root, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert ("start/double" in done.stdout) == (">&-" not in closed.split())
    assert done.stderr == ""


def test_what_cannot_be_printed_is_told(workspace: Workspace):
    with open("/dev/full", "w") as full:
        done = subprocess.run([LEARN, "list"], cwd=workspace.root, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("! The disk is full.")


# A full disk


class Full:
    """A workspace whose disk is full, in the way that this machine allows."""

    def __init__(self, workspace: Workspace, words: str, limit: Callable[[], None] | None, free: Callable[[], None]):
        self.workspace = workspace
        self.words = words
        self._limit = limit
        self.free = free

    def learn(self, *args: str) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = run_learn(*args, cwd=self.workspace.root, preexec_fn=self._limit)
        return done


def a_workspace(root: Path, pack_root: Path) -> Workspace:
    workspace = open_workspace(make(root, Settings("python", (PackSource(str(pack_root)),))))
    workspace.enter(workspace.current(workspace.progress()), jump=True)
    return workspace


def mounted(folder: Path, *options: str) -> bool:
    """Mount a tmpfs on FOLDER; False where that is not allowed."""
    command = ["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def limited() -> None:
    """The next process may make no file larger than nothing: every write to a file is refused."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.fixture(params=["tmpfs", "limit"])
def full(request: pytest.FixtureRequest, tmp_path: Path, pack_root: Path) -> Iterator[Full]:
    """A full tmpfs where mounting is allowed; and everywhere a limit on file sizes, refused by the kernel too."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if request.param == "limit":
        yield Full(a_workspace(disk / "w", pack_root), "File too large", limited, lambda: None)
        return
    if not mounted(disk, "-o", "size=128k"):
        pytest.skip("mounting is not allowed here; the limit on file sizes stands for the full disk")
    try:
        workspace = a_workspace(disk / "w", pack_root)
        filler = disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 512)
        yield Full(workspace, "The disk is full.", None, filler.unlink)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("args", [["hint"], ["run"], ["goto", "upper"], ["reset", "--yes"], ["later"], ["check-all"]])
def test_a_full_disk_is_told_and_costs_nothing(full: Full, pack_root: Path, args: list[str]):
    if args == ["later"]:
        add_exercise(pack_root, "start/triple")
    place = full.workspace.place
    mine = full.workspace.root / "start" / "double" / "double.py"
    before = [path.read_bytes() for path in (place.progress, place.settings, mine)]
    done = full.learn(*args)
    assert done.returncode == 2
    assert full.words in done.stderr or "No usable temporary directory" in done.stderr
    assert "next " in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert [path.read_bytes() for path in (place.progress, place.settings, mine)] == before
    # What only reads still works.
    assert full.learn("list").returncode == 0
    assert full.learn("brief").returncode == 0
    full.free()
    after = run_learn("hint", cwd=full.workspace.root)
    assert after.returncode == 0
    assert "Look" in after.stdout


def test_init_on_a_full_disk_can_be_repeated(full: Full, pack_root: Path):
    target = full.workspace.root.parent / "second"
    done = full.learn("init", str(target), "--pack", str(pack_root))
    assert done.returncode == 2
    assert full.words in done.stderr
    full.free()
    assert run_learn("init", str(target), "--pack", str(pack_root), cwd=pack_root).returncode == 0


# A folder that may not be written


def bound_by_permissions() -> None:
    """Have permissions bind the next process even where it is root's."""
    if os.getuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) != 0:
        raise OSError("root cannot give up its power over permissions here")


@pytest.fixture(params=["mount", "permissions"])
def read_only(request: pytest.FixtureRequest, tmp_path: Path, pack_root: Path) -> Iterator[Full]:
    """A read-only file system where mounting is allowed; and a folder without permission to write, for anybody."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if request.param == "mount":
        if not mounted(disk):
            pytest.skip("mounting is not allowed here; permissions are tried instead")
        try:
            workspace = a_workspace(disk / "w", pack_root)
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            yield Full(workspace, "The file system is read-only.", None, lambda: None)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
        return
    workspace = a_workspace(disk / "w", pack_root)
    everything = [disk / "w", *(disk / "w").rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield Full(workspace, "is not yours to use", bound_by_permissions, lambda: None)
    for path in everything:
        path.chmod(0o755)


@pytest.mark.parametrize("args", [["hint"], ["run"], ["goto", "upper"], ["reset", "--yes"]])
def test_a_read_only_workspace_is_told(read_only: Full, args: list[str]):
    done = read_only.learn(*args)
    assert done.returncode == 2, done
    assert read_only.words in done.stderr
    assert str(read_only.workspace.place.own) in done.stderr
    assert len(done.stderr.splitlines()) <= 3


def test_a_read_only_workspace_can_be_read(read_only: Full):
    for command in ("list", "status", "brief", "doc"):
        done = read_only.learn(command)
        assert done.returncode == 0, done
        assert done.stderr == ""


def test_init_in_a_read_only_folder_is_told(read_only: Full, pack_root: Path):
    target = read_only.workspace.root.parent / "second"
    if read_only.words == "is not yours to use":
        read_only.workspace.root.parent.chmod(0o555)
    done = read_only.learn("init", str(target), "--pack", str(pack_root))
    assert done.returncode == 2
    assert read_only.words in done.stderr
    assert str(target) in done.stderr


# Things in the way


@pytest.mark.parametrize(
    ("name", "is_folder", "args"),
    [
        ("shell", False, ["goto", "upper"]),
        (".learn/kept", False, ["reset", "--yes"]),
        (".learn/progress.json", True, ["list"]),
        (".learn/lock", True, ["hint"]),
        (".learn/history.jsonl", True, ["run"]),
    ],
)
def test_a_thing_in_the_way_is_named_and_left(
    learn: Learn, workspace: Workspace, double_file: Path, name: str, is_folder: bool, args: list[str]
):
    thing = workspace.root / name
    thing.unlink(missing_ok=True)
    if is_folder:
        thing.mkdir()
    else:
        thing.write_text("mine\n")
    double_file.write_text("# mine\n")
    done = learn(*args)
    assert done.returncode == 2
    assert "Something else has that name." in done.stderr
    assert str(thing) in done.stderr
    assert thing.is_dir() if is_folder else thing.read_text() == "mine\n"
    assert double_file.read_text() == "# mine\n"


# A current folder that is gone


def from_a_deleted_folder(tmp_path: Path, *args: str) -> subprocess.CompletedProcess[str]:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"cd {shlex.quote(str(gone))} && rmdir {shlex.quote(str(gone))} && exec {shlex.join([str(LEARN), *args])}"
    done = subprocess.run(["bash", "-c", command], env=environment(), capture_output=True, text=True, timeout=60)
    assert "Traceback (most recent" not in done.stderr
    return done


@pytest.mark.parametrize(
    "args", [["list"], ["watch"], ["run"], ["init"], ["init", "w"], ["watch", "w"], ["pack", "check"]]
)
def test_a_deleted_current_folder_is_told(tmp_path: Path, args: list[str]):
    done = from_a_deleted_folder(tmp_path, *args)
    assert done.returncode == 2
    assert "The folder that you are in is gone." in done.stderr
    assert "cd" in done.stderr
    assert done.stdout == ""


def test_a_workspace_told_by_its_path_needs_no_current_folder(tmp_path: Path, workspace: Workspace):
    for args in (["list"], ["run"], ["hint"]):
        done = from_a_deleted_folder(tmp_path, "--workspace", str(workspace.root), *args)
        assert done.returncode == (1 if args == ["run"] else 0), done
        assert done.stderr == ""


# Closed pipes

READERS = [["list"], ["list", "--json"], ["status"], ["brief"], ["doc"], ["hint"], ["doctor"], ["run"], ["--help"]]


@pytest.mark.parametrize("args", READERS, ids=" ".join)
def test_a_reader_that_goes_away_gets_no_traceback(workspace: Workspace, pack_root: Path, args: list[str]):
    for number in range(12):
        add_exercise(pack_root, f"start/times-{number}", factor=number, title="a long title " * 20)
    pipe = shlex.join([str(LEARN), *args]) + " | head -1"
    done = subprocess.run(
        ["bash", "-c", pipe], cwd=workspace.root, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert len(done.stdout.splitlines()) <= 1
    assert done.stderr == ""


@pytest.mark.parametrize("args", READERS, ids=" ".join)
def test_a_pipe_that_was_never_read_gets_no_traceback(workspace: Workspace, args: list[str]):
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [LEARN, *args], cwd=workspace.root, env=environment(), stdout=write, stderr=subprocess.PIPE, timeout=60
        )
    finally:
        os.close(write)
    assert done.stderr == b""


# Terminals

COLOUR = re.compile(r"\x1b\[(\d+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;\d+)*m")


def in_a_terminal(root: Path, *args: str, **changes: str | None) -> str:
    terminal = pexpect.spawn(
        str(LEARN),
        list(args),
        cwd=str(root),
        env=environment(TERM="xterm-256color", COLUMNS=None, **changes),  # type: ignore[arg-type]
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )
    terminal.expect(pexpect.EOF)
    terminal.close()
    text: str = terminal.before
    assert "Traceback (most recent" not in text
    return text


@pytest.mark.parametrize("args", [["run"], ["list"], ["status"]], ids=" ".join)
def test_no_color_is_obeyed(workspace: Workspace, args: list[str]):
    workspace.record(Verdict("tiny", "start/double", "python", "0", 1, "passed"))
    assert COLOUR.search(in_a_terminal(workspace.root, *args))
    assert not COLOUR.search(in_a_terminal(workspace.root, *args, NO_COLOR="1"))


@pytest.mark.parametrize("args", [["run"], ["list"], ["status"], ["brief"], ["hint"]], ids=" ".join)
def test_nothing_but_text_goes_into_a_pipe(learn: Learn, args: list[str]):
    assert "\x1b" not in learn(*args).stdout


PLAIN = {
    "LC_ALL=C": {"LC_ALL": "C", "LANG": None},
    "LANG=C": {"LANG": "C"},
    "LANG=POSIX": {"LANG": "POSIX"},
    "PYTHONIOENCODING=ascii": {"PYTHONIOENCODING": "ascii"},
}


@pytest.mark.parametrize("kind", PLAIN)
def test_a_terminal_without_unicode_gets_ascii(learn: Learn, pack_root: Path, double_file: Path, kind: str):
    manifest = exercise_folder(pack_root, "start/double") / "exercise.toml"
    change(manifest, title="Zoë’s number – 李 … " * 6, passed="Très bien…", hints=["Où ?", "Là.", "Voilà."])
    put(exercise_folder(pack_root, "start/double") / "SUMMARY.md", "# Été\n\n- “quoted” → arrow\n")
    double_file.write_text("def double(n):\n    return 'é…李'\n")
    env = PLAIN[kind]
    for args in (["run"], ["run", "-v"], ["list"], ["status"], ["brief"], ["doc"], ["hint"], ["doctor"], ["--help"]):
        done = learn(*args, env=env)
        assert done.stdout.isascii(), done.stdout
        assert done.stderr == ""
        assert done.returncode == (1 if args[0] == "run" else 0)
    assert "x not yet" in learn("run", env=env).stdout
    assert learn("run", "duoble", env=env).stderr.startswith("! There is no exercise duoble.")
    verdict = json.loads(learn("run", "--json", env=env).stdout)
    assert verdict["checks"][0]["details"][-1] == {"label": "got", "text": "'é…李'"}
    assert json.loads(learn("list", "--json", env=env).stdout)["exercises"][0]["title"].startswith("Zoë’s number")


def test_a_terminal_with_unicode_gets_it(learn: Learn):
    for env in ({"LANG": "C.UTF-8"}, {"LANG": None, "LC_ALL": "C.UTF-8"}, {"LANG": None}):
        assert "✘ not yet" in learn("run", env=env).stdout


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_no_line_is_wider_than_the_window(learn: Learn, pack_root: Path, double_file: Path, width: str):
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", title="A long title " * 12)
    double_file.write_text("def double(n):\n    return 'x' * 500\n")
    for args in (["run", "-v"], ["list"], ["brief"], ["hint"]):
        lines = learn(*args, env={"COLUMNS": width}).stdout.splitlines()
        assert max(map(len, lines)) <= int(width), (args, lines)


def test_the_interpreter_of_the_tests_is_the_one_with_learn():
    assert LEARN.is_file(), f"pip install -e . into {sys.executable}"


@pytest.mark.parametrize("name", [b"caf\xe9 \xff", "Übung 李".encode(), b"-new\nline", b"[red]"])
def test_a_path_of_any_bytes_will_do(tmp_path: Path, pack_root: Path, name: bytes):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    odd.mkdir()
    pack = pack_root.rename(odd / "pack")
    root = odd / "work"
    assert run_learn("init", str(root), "--pack", str(pack), cwd=tmp_path).returncode == 0
    (root / "start" / "double" / "double.py").write_text("def double(n):\n    return n * 2\n")
    verdict = run_learn("run", "--json", cwd=root)
    assert json.loads(verdict.stdout)["status"] == "passed"
    for args in (["list"], ["solution"], ["reset", "--yes"], ["hint"], ["goto", "one-commit"], ["run"]):
        done = run_learn(*args, cwd=root)
        assert done.returncode == (1 if args == ["run"] else 0), done
        assert done.stderr == ""
