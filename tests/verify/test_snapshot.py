"""Which of the learner's files count, what is a change of them, and that a copy is the same work."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.kit.git_builder import Builder
from runner.verify import snapshot
from runner.verify.snapshot import content, copy, files, held_lock, signature
from tests.verify.exercises import write_files


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail where the block takes longer, such as by waiting for the other end of a FIFO."""

    def late(number: int, frame: object) -> None:
        raise AssertionError(f"still waiting after {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def names(folder: Path) -> list[str]:
    return sorted(name for name, _ in files(folder))


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return write_files(tmp_path / "work", {"a.py": "a = 1\n", "data/b.txt": "b\n", ".env": "KEY=1\n"})


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A folder with a repository in it: one commit, one changed file, one untracked, one branch more."""
    builder = Builder(tmp_path / "work" / "repo")
    builder.commit("Start", {"a.txt": "a\n", "sub/b.txt": "b\n"})
    builder.run("branch", "idea")
    builder.write("a.txt", "changed\n")
    builder.write("new.txt", "new\n")
    return tmp_path / "work"


def git(folder: Path, *args: str) -> None:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *args], cwd=folder / "repo", env=env, check=True, capture_output=True)


def test_every_file_counts_that_a_learner_could_have_written(work):
    assert names(work) == [".env", "a.py", "data/b.txt"]


@pytest.mark.parametrize(
    "name",
    [
        ".a.py.swp",
        ".a.py.swo",
        ".a.py.swx",
        "4913",
        "a.py~",
        "#a.py#",
        ".#a.py",
        "a.py___jb_tmp___",
        "a.py___jb_old___",
        ".DS_Store",
        "__pycache__/a.cpython-311.pyc",
        ".pytest_cache/x",
        "node_modules/express/index.js",
        ".venv/bin/python",
        ".idea/workspace.xml",
        ".vscode/settings.json",
    ],
)
def test_what_editors_and_tools_leave_is_no_change_and_is_not_copied(work, tmp_path, name):
    before = content(work), signature(work)
    write_files(work, {name: "x", f"data/{name}": "x"})
    assert (content(work), signature(work)) == before
    assert copy(work, tmp_path / "copy") == before[0]
    assert not list((tmp_path / "copy").rglob(name.rpartition("/")[2]))


@pytest.mark.parametrize("name", ["4913.py", "swp", "a.swp.py", "tilde~.py", "pycache", ".envrc", ".gitignore"])
def test_names_that_only_look_alike_count(work, name):
    before = content(work)
    write_files(work, {name: "x"})
    assert content(work) != before
    assert name in names(work)


def test_an_edit_of_the_same_size_and_time_is_a_change_of_content(work):
    before, times = content(work), os.stat(work / "a.py")
    (work / "a.py").write_text("a = 2\n")
    os.utime(work / "a.py", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert content(work) != before


def test_a_file_renamed_over_another_of_the_same_size_and_time_changes_the_signature(work):
    before, times = signature(work), os.stat(work / "a.py")
    (work / "new").write_text("a = 2\n")
    os.utime(work / "new", ns=(times.st_atime_ns, times.st_mtime_ns))
    (work / "new").replace(work / "a.py")
    assert signature(work) != before


def test_a_touch_is_a_change_of_the_signature_but_not_of_the_content(work):
    before = content(work), signature(work)
    os.utime(work / "a.py", ns=(1, 1))
    assert content(work) == before[0]
    assert signature(work) != before[1]


def test_the_run_bit_a_name_and_a_removal_are_changes(work):
    seen = {content(work)}
    (work / "a.py").chmod(0o755)
    seen.add(content(work))
    (work / "a.py").rename(work / "c.py")
    seen.add(content(work))
    (work / "c.py").unlink()
    seen.add(content(work))
    assert len(seen) == 4


def test_bytes_that_move_between_files_are_a_change(work):
    write_files(work, {"x": "12", "y": "3"})
    before = content(work)
    write_files(work, {"x": "1", "y": "23"})
    assert content(work) != before


def test_links_count_by_their_target_and_are_never_followed(work, tmp_path):
    outside = write_files(tmp_path / "outside", {"secret.txt": "1"})
    (work / "link").symlink_to(outside)
    (work / "broken").symlink_to("nowhere")
    (work / "loop").symlink_to(".")
    before = content(work)
    assert names(work) == [".env", "a.py", "broken", "data/b.txt", "link", "loop"]
    write_files(outside, {"secret.txt": "2"})
    assert content(work) == before, "what a link leads to is not part of the folder"
    assert copy(work, tmp_path / "copy") == before
    assert os.readlink(tmp_path / "copy" / "link") == str(outside)
    (work / "broken").unlink()
    (work / "broken").symlink_to("elsewhere")
    assert content(work) != before


def test_fifos_sockets_and_devices_are_neither_opened_nor_copied(work, tmp_path):
    before = content(work), signature(work)
    os.mkfifo(work / "pipe")
    os.mkfifo(work / "data" / "pipe")
    with contextlib.suppress(PermissionError):  # root alone may make a device
        os.mknod(work / "device", stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero has no end
    with socket.socket(socket.AF_UNIX) as server, within(10):
        here = os.getcwd()
        os.chdir(work)  # a socket's path is short
        try:
            server.bind("socket")
        finally:
            os.chdir(here)
        assert (content(work), signature(work)) == before
        assert copy(work, tmp_path / "copy") == before[0]
    assert not {"pipe", "socket", "device"} & set(os.listdir(tmp_path / "copy"))
    assert os.listdir(tmp_path / "copy" / "data") == ["b.txt"]


def test_names_that_are_not_utf8_and_very_long_ones_are_copied(work, tmp_path):
    Path(os.fsdecode(bytes(work) + b"/\xff\xfe")).write_bytes(b"\xff")
    write_files(work, {"n" * 255: "long", "line\nbreak": "x", "-rf": "x", "*": "x"})
    assert copy(work, tmp_path / "copy") == content(work) == content(tmp_path / "copy")
    assert len(os.listdir(tmp_path / "copy")) == 8


def test_a_folder_of_more_than_the_limit_is_refused_before_it_is_copied(work, tmp_path):
    with (work / "sparse").open("wb") as file:
        file.truncate(snapshot.MOST_BYTES + 1)
    with pytest.raises(snapshot.TooMuch, match="64 MiB"):
        copy(work, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_folder_that_is_not_there_has_no_files(tmp_path):
    assert names(tmp_path / "none") == []
    assert signature(tmp_path / "none") == ()


def test_a_copy_has_the_content_and_the_run_bits_of_the_original(work, tmp_path):
    (work / "run.sh").write_text("exit 0\n")
    (work / "run.sh").chmod(0o755)
    (work / "empty").mkdir()
    told = copy(work, tmp_path / "copy")
    assert told == content(work) == content(tmp_path / "copy")
    assert os.access(tmp_path / "copy" / "run.sh", os.X_OK)
    assert (tmp_path / "copy" / "empty").is_dir()


def test_a_copied_repository_has_the_content_and_the_status_of_the_original(repo, tmp_path):
    status = ["git", "-C", "repo", "status", "--porcelain=v2", "--branch"]
    told = copy(repo, tmp_path / "copy")
    assert told == content(repo) == content(tmp_path / "copy")
    there = [
        subprocess.run(status, cwd=place, capture_output=True, check=True).stdout for place in (repo, tmp_path / "copy")
    ]
    assert there[0] == there[1]
    assert b"? new.txt" in there[0]


@pytest.mark.parametrize("what", ["status after a touch", "index written anew", "repack", "other files"])
def test_what_changes_nothing_in_a_repository_is_no_change(repo, what):
    before = content(repo)
    if what == "status after a touch":
        os.utime(repo / "repo" / "sub" / "b.txt", ns=(5, 5))
        index = (repo / "repo" / ".git" / "index").read_bytes()
        git(repo, "status")
        assert (repo / "repo" / ".git" / "index").read_bytes() != index, "git has refreshed the times in it"
    elif what == "index written anew":
        git(repo, "update-index", "--force-write-index")
    elif what == "repack":
        git(repo, "repack", "-a", "-d", "-n", "--quiet")
    else:
        (repo / "repo" / ".git" / "FETCH_HEAD").write_text("")
        (repo / "repo" / ".git" / "index.lock").write_text("")
    assert content(repo) == before


@pytest.mark.parametrize(
    "command",
    [
        ["add", "a.txt"],
        ["rm", "--cached", "a.txt"],
        ["update-index", "--chmod=+x", "a.txt"],
        ["commit", "--allow-empty", "-m", "More"],
        ["commit", "--amend", "--allow-empty", "-m", "Other words"],
        ["switch", "--quiet", "idea"],
        ["switch", "--quiet", "--detach"],
        ["branch", "another"],
        ["branch", "-D", "idea"],
        ["tag", "v1"],
        ["stash"],
        ["config", "user.name", "Other"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_what_a_learner_does_in_a_repository_is_a_change(repo, command):
    before = content(repo), signature(repo)
    git(repo, *command)
    assert content(repo) != before[0]
    assert signature(repo) != before[1]


def test_a_damaged_index_counts_by_its_bytes(repo):
    index = repo / "repo" / ".git" / "index"
    seen = {content(repo)}
    for damage in (b"", b"no index"):
        index.write_bytes(damage)
        seen.add(content(repo))
    index.unlink()
    seen.add(content(repo))
    assert len(seen) == 4


def test_the_callers_git_variables_do_not_lead_elsewhere(repo, tmp_path, monkeypatch):
    before = content(repo)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    assert content(repo) == before
    monkeypatch.undo()
    git(repo, "add", "a.txt")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "nowhere"))
    assert content(repo) != before


def test_a_held_lock_is_found_in_the_folder_and_one_below(repo):
    assert held_lock(repo) is None
    lock = repo / "repo" / ".git" / "index.lock"
    lock.write_text("")
    assert held_lock(repo) == lock
    assert held_lock(repo / "repo") == lock
    lock.unlink()
    assert held_lock(repo / "repo") is None


def test_a_changed_mode_is_seen_by_stat_alone(work: Path):
    before = signature(work)
    (work / "a.py").chmod(0o755)
    assert signature(work) != before


def test_the_marks_by_which_git_overlooks_a_file_are_a_change(repo: Path):
    before = content(repo)
    subprocess.run(["git", "-C", repo / "repo", "update-index", "--assume-unchanged", "a.txt"], check=True)
    assert content(repo) != before
