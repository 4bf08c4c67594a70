"""The learner's folders: laid out whole or not at all, reset without loss, never overwritten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.errors import BlockedError, LearnError, UsageError
from runner.packs.models import Exercise
from runner.verify import snapshot
from runner.workspace.place import PackSource, Place, Settings, find, make, read_settings
from runner.workspace.workspace import Workspace, find_workspace, open_workspace
from tests.packs import exercise_folder, put


def until(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"not within {seconds:g} s: {what}"
        time.sleep(0.002)


def double(workspace: Workspace) -> Exercise:
    return workspace.find("start/double")


def file_of(workspace: Workspace) -> Path:
    return workspace.folder(double(workspace)) / "double.py"


def test_only_the_first_exercise_is_laid_out_at_first(workspace: Workspace):
    found = sorted(path.relative_to(workspace.root).as_posix() for path in workspace.root.glob("*/*/*"))
    assert [path for path in found if not path.startswith(".learn")] == [
        "start/double/README.md",
        "start/double/double.py",
    ]


def test_a_folder_is_what_its_record_says(workspace: Workspace):
    workspace.enter(workspace.find("git/one-commit"), jump=True)
    for name in ("start/double", "git/one-commit"):
        exercise = workspace.find(name)
        laid = workspace.laid(exercise)
        assert laid.content == snapshot.content(workspace.folder(exercise))
    repo = workspace.folder(workspace.find("git/one-commit")) / "repo"
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repo, capture_output=True, text=True, check=True).stdout
    assert workspace.laid(workspace.find("git/one-commit")).given == {"base": head.strip()}


def test_laying_out_again_leaves_the_work_alone(workspace: Workspace):
    file_of(workspace).write_text("mine\n")
    workspace.lay_out(double(workspace))
    workspace.enter(double(workspace))
    assert file_of(workspace).read_text() == "mine\n"


def test_a_deleted_folder_is_laid_out_again(workspace: Workspace):
    folder = workspace.folder(double(workspace))
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    workspace.lay_out(double(workspace))
    assert "TODO(learn)" in file_of(workspace).read_text()


def test_a_locked_exercise_is_not_laid_out_by_the_way(workspace: Workspace):
    upper = workspace.find("shell/upper")
    for use in (workspace.lay_out, workspace.reset):
        with pytest.raises(UsageError, match="locked") as caught:
            use(upper)
        assert "learn goto upper" in str(caught.value)
        assert not workspace.folder(upper).exists()


def test_reset_keeps_the_old_work_and_says_where(workspace: Workspace):
    file_of(workspace).write_text("mine\n")
    (file_of(workspace).parent / "notes.txt").write_text("to think about\n")
    kept = workspace.reset(double(workspace))
    assert kept is not None
    assert kept.parent == workspace.root / ".learn" / "kept"
    assert (kept / "double.py").read_text() == "mine\n"
    assert (kept / "notes.txt").read_text() == "to think about\n"
    assert "TODO(learn)" in file_of(workspace).read_text()
    assert not (file_of(workspace).parent / "notes.txt").exists()


def test_resets_within_one_second_keep_each_work(workspace: Workspace):
    kept = []
    for number in range(5):
        file_of(workspace).write_text(f"work {number}\n")
        kept.append(workspace.reset(double(workspace)))
    assert len(set(kept)) == 5
    assert [(path / "double.py").read_text() for path in kept if path] == [f"work {n}\n" for n in range(5)]
    stems = [path.name[: len("start-double-20260105-100000")] for path in kept if path]
    assert len(set(stems)) < 5, "five resets took more than four seconds, so this test has tried nothing"


def test_reset_without_a_folder_has_nothing_to_keep(workspace: Workspace):
    folder = workspace.folder(double(workspace))
    folder.rename(workspace.root / "elsewhere")
    assert workspace.reset(double(workspace)) is None
    assert file_of(workspace).is_file()


def test_a_reset_that_cannot_lay_out_leaves_the_work_where_it_is(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    commit = workspace.find("git/one-commit")
    workspace.enter(commit, jump=True)
    mine = put(workspace.folder(commit) / "mine.txt", "mine\n")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BlockedError):
        workspace.reset(commit)
    assert mine.read_text() == "mine\n"
    assert not workspace.place.kept.exists()


def test_a_foreign_folder_in_the_place_of_an_exercise_is_kept(workspace: Workspace):
    commit = workspace.find("git/one-commit")
    put(workspace.folder(commit) / "repo" / "diary.txt", "dear diary\n")
    workspace.enter(commit, jump=True)
    assert (workspace.folder(commit) / "repo" / ".git").is_dir()
    (kept,) = workspace.place.kept.iterdir()
    assert (kept / "repo" / "diary.txt").read_text() == "dear diary\n"
    (note,) = workspace.notes
    assert str(kept) in note


@pytest.mark.parametrize("kind", ["file", "link", "dangling link"])
def test_a_foreign_thing_in_the_place_of_an_exercise_is_kept(workspace: Workspace, tmp_path: Path, kind: str):
    upper = workspace.find("shell/upper")
    place = workspace.folder(upper)
    place.parent.mkdir()
    target = tmp_path / "target"
    if kind == "file":
        place.write_text("a file\n")
    else:
        place.symlink_to(target)
    if kind == "link":
        put(target / "file", "a file\n")
    workspace.enter(upper, jump=True)
    assert not place.is_symlink()
    assert (place / "upper.sh").is_file()
    (kept,) = workspace.place.kept.iterdir()
    if kind == "file":
        assert kept.read_text() == "a file\n"
    else:
        assert kept.readlink() == target
    assert str(kept) in workspace.notes[0]


SLOW_SETUP = """
import pathlib
import time


def setup(folder, rng):
    (folder / "first-half").write_text("there")
    pathlib.Path({began!r}).touch()
    limit = time.monotonic() + 60
    while not pathlib.Path({go!r}).exists() and time.monotonic() < limit:
        time.sleep(0.005)
    (folder / "second-half").write_text("there")
    pathlib.Path({ended!r}).touch()
"""

ENTER = """
import sys
from pathlib import Path
from runner.workspace.place import Place
from runner.workspace.workspace import open_workspace
workspace = open_workspace(Place(Path(sys.argv[1])))
workspace.enter(workspace.find("git/one-commit"), jump=True)
"""


def test_a_layout_that_is_killed_leaves_no_half_folder(workspace: Workspace, pack_root: Path, tmp_path: Path):
    began, go, ended = tmp_path / "began", tmp_path / "go", tmp_path / "ended"
    setup = exercise_folder(pack_root, "git/one-commit") / "setup.py"
    setup.write_text(SLOW_SETUP.format(began=str(began), go=str(go), ended=str(ended)))
    process = subprocess.Popen([sys.executable, "-c", ENTER, str(workspace.root)], start_new_session=True)
    try:
        until(began.exists, "the setup begins")
    finally:
        # With its setup, as a power cut would: the session is this test's own.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    commit = workspace.find("git/one-commit")
    assert not ended.exists()
    assert not workspace.folder(commit).exists()
    go.touch()
    workspace.enter(commit, jump=True)
    assert {path.name for path in workspace.folder(commit).iterdir()} == {"README.md", "first-half", "second-half"}
    assert list(workspace.place.making.glob("*")) == [], "what the killed program had begun is gone"


def test_a_setup_that_fails_leaves_no_folder(workspace: Workspace, pack_root: Path):
    setup = exercise_folder(pack_root, "git/one-commit") / "setup.py"
    setup.write_text("def setup(folder, rng):\n    (folder / 'half').touch()\n    raise OSError('no more')\n")
    commit = workspace.find("git/one-commit")
    with pytest.raises(LearnError, match="The setup of git/one-commit failed") as caught:
        workspace.enter(commit, jump=True)
    assert "no more" in str(caught.value)
    assert caught.value.exit_code == 4
    assert not workspace.folder(commit).exists()
    assert list(workspace.place.making.glob("*")) == []
    assert workspace.current(workspace.progress()).id == "start/double"


def test_temporary_files_of_killed_programs_are_swept(workspace: Workspace):
    """As kill -9 leaves them between writing a file and renaming it."""
    left = put(workspace.place.own / ".progress.json.99999.new", "{")
    half = put(workspace.place.making / "99999-upper" / "upper.sh", "")
    with workspace.changing():
        assert not left.exists()
        assert not half.exists()


# Hints


def test_hints_come_one_at_a_time_between_checks(workspace: Workspace):
    from tests.workspace.test_progress import verdict

    exercise = double(workspace)
    assert workspace.read_hint(exercise) == 1
    assert workspace.read_hint(exercise) == 1, "the second waits for a try"
    assert workspace.read_hint(exercise, force=True) == 2
    assert workspace.read_hint(exercise) == 2
    workspace.record(verdict("start/double", "failed"))
    assert workspace.read_hint(exercise) == 3
    workspace.record(verdict("start/double", "failed"))
    assert workspace.read_hint(exercise) == 3, "there are three"


def test_after_a_pass_no_hint_is_held_back(workspace: Workspace):
    from tests.workspace.test_progress import verdict

    workspace.record(verdict("start/double"))
    assert [workspace.read_hint(double(workspace)) for _ in range(4)] == [1, 2, 3, 3]


# Places


def test_a_workspace_is_found_from_below(workspace: Workspace):
    assert find(workspace.folder(double(workspace))) == Place(workspace.root)
    assert find_workspace(workspace.folder(double(workspace))).root == workspace.root


def test_no_workspace_is_told_with_what_to_type(tmp_path: Path):
    with pytest.raises(UsageError, match="no workspace here") as caught:
        find_workspace(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "learn watch my-backend" in str(caught.value)


def test_a_workspace_inside_a_workspace_is_refused(workspace: Workspace, pack_root: Path):
    settings = Settings("python", (PackSource(str(pack_root)),))
    inner = workspace.folder(double(workspace)) / "inner"
    with pytest.raises(UsageError, match="cannot lie inside another") as caught:
        make(inner, settings)
    assert str(workspace.root) in str(caught.value)
    assert not inner.exists()
    with pytest.raises(UsageError, match="a workspace here already"):
        make(workspace.root, settings)


def test_a_link_into_a_workspace_is_seen_through(workspace: Workspace, pack_root: Path, tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to(workspace.folder(double(workspace)))
    with pytest.raises(UsageError, match="cannot lie inside another"):
        make(link / "inner", Settings("python", (PackSource(str(pack_root)),)))


def test_a_way_out_of_a_workspace_is_not_inside_it(
    workspace: Workspace, pack_root: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(workspace.root / "start")
    place = make(Path("../../beside"), Settings("python", (PackSource(str(pack_root)),)))
    assert place.root == workspace.root.parent / "beside"
    with pytest.raises(UsageError, match="no workspace here"):
        find_workspace(Path("../../pack"))


def test_a_file_is_no_place_for_a_workspace(tmp_path: Path):
    with pytest.raises(UsageError, match="A workspace is a folder"):
        make(put(tmp_path / "file", ""), Settings())


def test_an_unknown_language_is_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="language"):
        make(tmp_path / "learner", Settings("cobol"))
    assert not (tmp_path / "learner").exists()


BAD_SETTINGS = {
    "empty": b"",
    "torn": b'{"schema": 1,',
    "not UTF-8": b'{"schema": 1, "language": "\xff"}',
    "a list": b"[]",
    "null": b"null",
    "no schema": b'{"language": "python", "packs": []}',
    "no packs": b'{"schema": 1, "language": "python"}',
    "no pack at all": b'{"schema": 1, "language": "python", "packs": []}',
    "packs are words": b'{"schema": 1, "language": "python", "packs": ["builtin"]}',
    "a source is a number": b'{"schema": 1, "language": "python", "packs": [{"source": 5, "folder": ""}]}',
    "an unknown language": b'{"schema": 1, "language": "cobol", "packs": [{"source": "builtin", "folder": ""}]}',
}


@pytest.mark.parametrize("damage", BAD_SETTINGS)
def test_damaged_settings_are_told_and_left_alone(workspace: Workspace, damage: str):
    workspace.place.settings.write_bytes(BAD_SETTINGS[damage])
    with pytest.raises(UsageError, match="settings cannot be read") as caught:
        open_workspace(workspace.place)
    assert str(workspace.place.settings) in str(caught.value)
    assert workspace.place.settings.read_bytes() == BAD_SETTINGS[damage]


def test_settings_of_a_newer_program_are_refused(workspace: Workspace):
    workspace.place.settings.write_text('{"schema": 2}')
    with pytest.raises(UsageError, match="newer learn"):
        read_settings(workspace.place)


def test_a_pack_that_is_gone_is_told(workspace: Workspace, pack_root: Path):
    pack_root.rename(pack_root.with_name("moved"))
    with pytest.raises(UsageError, match="pack of this workspace is gone") as caught:
        open_workspace(workspace.place)
    assert str(pack_root) in str(caught.value)
