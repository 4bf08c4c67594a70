"""Every kind of save is seen, and only what changes the content counts as one."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from runner.verify import snapshot
from runner.watch.files import IDLE_AFTER, IDLE_SWEEP, LOCK_PATIENCE, SETTLE, SWEEP, Events, Files

DEADLINE = 5.0
IDENTITY = {
    "GIT_AUTHOR_NAME": "Sam",
    "GIT_AUTHOR_EMAIL": "sam@example.com",
    "GIT_COMMITTER_NAME": "Sam",
    "GIT_COMMITTER_EMAIL": "sam@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Clock:
    """Time that passes only when told, for what takes seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def settled(files: Files) -> str | None:
    """The content that FILES tells of before the deadline, looked for over and over as the loop does."""
    limit = time.monotonic() + DEADLINE
    while time.monotonic() < limit:
        found = files.look()
        if found is not None:
            return found
    return None


def quiet(files: Files) -> bool:
    """Whether FILES tells of no change, though every byte is read again."""
    return files.look(surely=True) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "hello"
    made.mkdir()
    (made / "hello.py").write_text("def hello():\n    return 1\n")
    (made / "README.md").write_text("# Hello\n")
    return made


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def write_and_rename(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text)
    beside.replace(path)


def truncate_then_write_twice(path: Path, text: str) -> None:
    half = len(text) // 2
    with path.open("w") as file:
        file.flush()
        file.write(text[:half])
        file.flush()
        file.write(text[half:])


def jetbrains(path: Path, text: str) -> None:
    new, old = path.with_name(f"{path.name}___jb_tmp___"), path.with_name(f"{path.name}___jb_old___")
    new.write_text(text)
    path.rename(old)
    new.rename(path)
    old.unlink()


def with_vim(path: Path, text: str) -> None:
    lines = ", ".join(f"'{line}'" for line in text.splitlines())
    commands = ["set backup writebackup backupskip= backupcopy=no swapfile", f"call setline(1, [{lines}])", "wq"]
    options = [part for command in commands for part in ("-c", command)]
    subprocess.run(["vim", "-N", "-u", "NONE", "-i", "NONE", "-es", *options, str(path)], check=True, timeout=20)


KINDS = [in_place, write_and_rename, truncate_then_write_twice, jetbrains]
if shutil.which("vim"):
    KINDS.append(with_vim)


@pytest.mark.parametrize("save", KINDS)
def test_each_kind_of_save_is_seen_once_with_the_last_content(folder, save):
    files = Files(folder)
    save(folder / "hello.py", "def hello():\n    return 2\n")
    told = settled(files)
    assert told is not None
    assert (folder / "hello.py").read_text() == "def hello():\n    return 2\n"
    if save is with_vim:
        # The backup is left beside the file, and does not count.
        assert (folder / "hello.py~").exists()
        (folder / "hello.py~").unlink()
    assert told == snapshot.content(folder) == files.content
    assert quiet(files)


@pytest.mark.parametrize("save", KINDS)
def test_a_save_of_the_same_text_is_none(folder, save):
    files = Files(folder)
    save(folder / "hello.py", (folder / "hello.py").read_text())
    assert quiet(files)


def test_same_size_within_the_same_second(folder):
    files = Files(folder)
    for digit in "23456789":
        in_place(folder / "hello.py", f"def hello():\n    return {digit}\n")
        assert settled(files) == snapshot.content(folder)


def test_same_size_and_the_very_same_times(folder):
    path = folder / "hello.py"
    files = Files(folder)
    before = path.stat()
    in_place(path, "def hello():\n    return 7\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert settled(files) == snapshot.content(folder)


def test_an_event_makes_even_an_old_file_be_read(folder):
    path, clock = folder / "hello.py", Clock()
    files = Files(folder, clock)
    before = path.stat()
    clock.now += 3600
    assert files.look() is None
    in_place(path, "def hello():\n    return 7\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert files.look(surely=True) == snapshot.content(folder)


def test_sweeps_are_rarer_when_nobody_is_at_work(folder):
    clock = Clock()
    files = Files(folder, clock)
    assert files.pause() == SWEEP
    clock.now += IDLE_AFTER + 0.1
    assert files.pause() == IDLE_SWEEP > SWEEP
    (folder / "hello.py").write_text("x = 1\n")
    assert files.look() is not None
    assert files.pause() == SWEEP


def test_new_removed_and_renamed_files_count(folder):
    files = Files(folder)
    (folder / "more.py").write_text("")
    first = settled(files)
    (folder / "more.py").rename(folder / "other.py")
    second = settled(files)
    (folder / "other.py").unlink()
    third = settled(files)
    assert None not in (first, second, third)
    assert len({first, second, third}) == 3


def test_whether_a_script_may_be_run_counts(folder):
    files = Files(folder)
    (folder / "hello.py").chmod(0o755)
    assert settled(files) == snapshot.content(folder)


def test_a_touch_is_no_change(folder):
    files = Files(folder)
    os.utime(folder / "hello.py")
    assert quiet(files)


@pytest.mark.parametrize("name", [".hello.py.swp", "4913", "hello.py~", "#hello.py#", ".#hello.py", ".DS_Store"])
def test_files_that_editors_make_for_themselves_do_not_count(folder, name):
    files = Files(folder)
    (folder / name).write_text("made by an editor")
    assert quiet(files)


def test_a_folder_deleted_and_made_again(folder):
    files = Files(folder)
    shutil.rmtree(folder)
    gone = settled(files)
    assert gone == snapshot.content(folder)
    folder.mkdir()
    (folder / "hello.py").write_text("def hello():\n    return 3\n")
    assert settled(files) == snapshot.content(folder)
    in_place(folder / "hello.py", "def hello():\n    return 4\n")
    assert settled(files) == snapshot.content(folder)


def test_an_emptied_file_is_waited_for_and_then_counts(folder):
    clock = Clock()
    files = Files(folder, clock)
    (folder / "hello.py").write_text("")
    assert files.look() is None
    clock.now += SETTLE * 0.9
    assert files.look() is None
    clock.now += SETTLE * 0.2
    assert files.look() == snapshot.content(folder)


def test_an_emptied_file_that_is_filled_counts_at_once(folder):
    clock = Clock()
    files = Files(folder, clock)
    (folder / "hello.py").write_text("")
    assert files.look() is None
    clock.now += SETTLE / 2
    (folder / "hello.py").write_text("def hello():\n    return 5\n")
    assert files.look() == snapshot.content(folder)


def test_emptied_twice_is_waited_for_twice(folder):
    clock = Clock()
    files = Files(folder, clock)
    path = folder / "hello.py"
    path.write_text("")
    assert files.look() is None
    clock.now += SETTLE / 2
    path.write_text("x = 1\n")
    assert files.look() is not None
    path.write_text("")
    clock.now += SETTLE / 2
    assert files.look() is None
    clock.now += SETTLE * 1.1
    assert files.look() == snapshot.content(folder)


# Git


def git(folder: Path, *command: str) -> None:
    subprocess.run(
        ["git", *command], cwd=folder, env={**os.environ, **IDENTITY}, check=True, capture_output=True, timeout=20
    )


@pytest.fixture
def repo(folder: Path) -> Path:
    made = folder / "repo"
    made.mkdir()
    git(made, "init", "--quiet", "--initial-branch=main")
    (made / "a.txt").write_text("one\n")
    git(made, "add", "a.txt")
    git(made, "commit", "--quiet", "-m", "One")
    git(made, "branch", "other")
    return made


def test_git_status_is_no_change(folder, repo):
    os.utime(repo / "a.txt", (1, 1))
    files = Files(folder)
    index = repo / ".git" / "index"
    before = index.stat()
    git(repo, "status")
    assert index.stat().st_ino != before.st_ino, "git status did not rewrite the index, so nothing is shown here"
    assert quiet(files)


@pytest.mark.parametrize(
    "commands",
    [
        pytest.param([["checkout", "--quiet", "other"]], id="checkout"),
        pytest.param([["branch", "third"]], id="branch"),
        pytest.param([["tag", "v1"]], id="tag"),
        pytest.param([["commit", "--quiet", "--allow-empty", "-m", "Two"]], id="commit"),
        pytest.param([["commit", "--quiet", "--amend", "-m", "Uno"]], id="amend"),
        pytest.param([["stash", "--quiet", "--include-untracked"]], id="stash"),
        pytest.param([["config", "user.name", "Other"]], id="config"),
    ],
)
def test_git_commands_that_change_the_repository_count(folder, repo, commands):
    (repo / "b.txt").write_text("two\n")
    files = Files(folder)
    for command in commands:
        git(repo, *command)
        assert settled(files) == snapshot.content(folder)


def test_add_commit_and_reset_each_count(folder, repo):
    (repo / "a.txt").write_text("two\n")
    files = Files(folder)
    seen = {files.content}
    for command in (
        ["add", "a.txt"],
        ["commit", "--quiet", "-m", "Two"],
        ["reset", "--quiet", "--soft", "HEAD~1"],
        ["reset", "--quiet"],
        ["reset", "--quiet", "--hard"],
    ):
        git(repo, *command)
        told = settled(files)
        assert told == snapshot.content(folder), command
        seen.add(told)
    assert len(seen) >= 5


def test_add_counts_although_no_file_of_the_work_tree_changes(folder, repo):
    (repo / "b.txt").write_text("two\n")
    files = Files(folder)
    git(repo, "add", "b.txt")
    assert settled(files) == snapshot.content(folder)


def test_a_held_lock_is_waited_for(folder, repo):
    clock = Clock()
    files = Files(folder, clock)
    lock = repo / ".git" / "index.lock"
    lock.touch()
    (repo / "a.txt").write_text("two\n")
    for _ in range(5):
        clock.now += LOCK_PATIENCE / 6
        assert files.look() is None
    assert files.stale_lock is None
    lock.unlink()
    assert files.look() == snapshot.content(folder)


def test_a_stale_lock_is_told_of_and_no_longer_waited_for(folder, repo):
    clock = Clock()
    files = Files(folder, clock)
    lock = repo / ".git" / "index.lock"
    lock.touch()
    (repo / "a.txt").write_text("two\n")
    assert files.look() is None
    clock.now += LOCK_PATIENCE + 0.1
    assert files.look() == snapshot.content(folder)
    assert files.stale_lock == lock
    (repo / "a.txt").write_text("three\n")
    assert files.look() == snapshot.content(folder)
    lock.unlink()
    files.look(surely=True)
    assert files.stale_lock is None


# Events


def test_events_make_the_look_early_and_end_when_told(folder):
    pokes: list[float] = []
    events = Events(lambda: pokes.append(time.monotonic()))
    events.follow(folder)
    try:
        began = time.monotonic()
        in_place(folder / "hello.py", "x = 1\n")
        while not pokes and time.monotonic() - began < DEADLINE:
            pass
        assert pokes and pokes[0] - began < 1
    finally:
        events.close()
    count = len(pokes)
    in_place(folder / "hello.py", "x = 2\n")
    assert len(pokes) == count


def test_our_own_sweeps_are_no_events(folder):
    pokes: list[str] = []
    events = Events(lambda: pokes.append("poke"))
    events.follow(folder)
    try:
        files = Files(folder)
        for _ in range(100):
            files.look(surely=True)
        in_place(folder / "README.md", "changed\n")
        limit = time.monotonic() + DEADLINE
        while not pokes and time.monotonic() < limit:
            pass
        # Events come in order, so those of the sweeps would have been there by now, hundreds of them.
        assert 0 < len(pokes) < 20
    finally:
        events.close()


def test_a_folder_that_is_not_there_leaves_the_sweep(tmp_path):
    events = Events(lambda: None)
    events.follow(tmp_path / "nowhere")
    events.close()
    files = Files(tmp_path / "nowhere")
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "hello.py").write_text("x = 1\n")
    assert settled(files) is not None
