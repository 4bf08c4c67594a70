"""`learn goto`, `later`, `reset`: the learner's place, and work that is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from runner.workspace.workspace import Workspace, open_workspace
from tests.cli.conftest import Learn
from tests.packs import add_exercise, move_topic


def here(workspace: Workspace) -> str:
    return workspace.current(workspace.progress()).id


def test_goto_opens_an_exercise_locked_or_not(learn: Learn, workspace: Workspace):
    done = learn("goto", "upper")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"You are at shell/upper. Your files: {workspace.root / 'shell' / 'upper'}",
        "Next: learn brief",
    ]
    assert here(workspace) == "shell/upper"
    assert (workspace.root / "shell" / "upper" / "upper.sh").is_file()


def test_goto_keeps_a_foreign_folder_and_says_where(learn: Learn, workspace: Workspace):
    foreign = workspace.root / "shell" / "upper"
    foreign.mkdir(parents=True)
    (foreign / "diary.txt").write_text("dear diary\n")
    done = learn("goto", "upper")
    assert done.returncode == 0
    (kept,) = workspace.place.kept.iterdir()
    assert str(kept) in done.stderr
    assert (kept / "diary.txt").read_text() == "dear diary\n"


def test_goto_without_git_is_blocked(learn: Learn, workspace: Workspace):
    done = learn("goto", "one-commit", env={"PATH": "/nowhere"})
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == "– git/one-commit cannot be laid out: there is no git on PATH."
    assert done.stderr.count("there is no git on PATH") == 1
    assert "apt install git" in done.stderr
    assert here(workspace) == "start/double"
    assert not (workspace.root / "git" / "one-commit").exists()


def test_goto_without_a_name_and_with_a_wrong_one(learn: Learn):
    assert learn("goto").returncode == 2
    wrong = learn("goto", "nothing-like-it")
    assert wrong.returncode == 2
    assert "learn list" in wrong.stderr


def test_later_goes_on_and_goto_comes_back(learn: Learn, workspace: Workspace, pack_root: Path):
    add_exercise(pack_root, "start/triple")
    done = learn("later")
    assert done.returncode == 0
    assert "start/double waits for later. You are at start/triple." in done.stdout
    assert "learn goto double" in done.stdout
    assert here(open_workspace(workspace.place)) == "start/triple"
    assert learn("later", "nothing").returncode == 2
    back = learn("goto", "double")
    assert back.returncode == 0
    assert here(workspace) == "start/double"


def test_an_optional_phase_is_passed_over_and_comes_back(learn: Learn, workspace: Workspace, pack_root: Path):
    move_topic(pack_root, "shell", "2-tools", optional=True, requires=["start"])
    move_topic(pack_root, "git", "3-end", requires=["start"])
    assert learn("goto", "upper").returncode == 0
    done = learn("skip")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2-tools is passed over. You are at start/double.")
    assert "learn skip --undo 2-tools" in done.stdout
    assert here(workspace) == "start/double"
    assert "(skipped)" in learn("status").stdout
    (workspace.root / "start" / "double" / "double.py").write_text("def double(n):\n    return n * 2\n")
    assert learn("run").returncode == 0
    assert "next  git/one-commit" in learn("run").stdout
    assert learn("skip", "--undo", "2").returncode == 0
    assert "(skipped)" not in learn("status").stdout
    assert "next  shell/upper" in learn("run").stdout


@pytest.mark.parametrize(("args", "words"), [((), "not optional"), (("1",), "2-tools"), (("9",), "no phase 9")])
def test_only_an_optional_phase_is_passed_over(learn: Learn, pack_root: Path, args: tuple[str, ...], words: str):
    move_topic(pack_root, "shell", "2-tools", optional=True, requires=["start"])
    done = learn("skip", *args)
    assert done.returncode == 2
    assert words in done.stderr


def test_only_three_may_wait(learn: Learn, pack_root: Path):
    for slug in ("b", "c", "d", "e"):
        add_exercise(pack_root, f"start/{slug}")
    for _ in range(3):
        assert learn("later").returncode == 0
    fourth = learn("later")
    assert fourth.returncode == 2
    assert "3 exercises wait for later already." in fourth.stderr
    assert "learn goto start/double" in fourth.stderr


def test_reset_keeps_the_work_and_says_where(learn: Learn, workspace: Workspace, double_file: Path):
    double_file.write_text("mine\n")
    done = learn("reset", "--yes")
    assert done.returncode == 0
    (kept,) = workspace.place.kept.iterdir()
    assert f"Your old work is in {kept}" in done.stdout
    assert (kept / "double.py").read_text() == "mine\n"
    assert "TODO(learn)" in double_file.read_text()


def test_reset_asks_and_takes_no_for_an_answer(learn: Learn, workspace: Workspace, double_file: Path):
    double_file.write_text("mine\n")
    no = learn("reset", input="n\n")
    assert no.returncode == 1
    assert "Begin start/double again?" in no.stdout
    assert "Nothing is changed." in no.stdout
    assert double_file.read_text() == "mine\n"
    yes = learn("reset", input="y\n")
    assert yes.returncode == 0
    assert "TODO(learn)" in double_file.read_text()


def test_reset_with_nobody_to_ask_says_how(learn: Learn, double_file: Path):
    double_file.write_text("mine\n")
    done = learn("reset")
    assert done.returncode == 2
    assert "learn reset --yes" in done.stderr
    assert double_file.read_text() == "mine\n"


def test_reset_after_a_pass_keeps_the_pass(learn: Learn, workspace: Workspace, double_file: Path):
    double_file.write_text("def double(n):\n    return n * 2\n")
    assert learn("run").returncode == 0
    assert learn("reset", "--yes").returncode == 0
    assert workspace.progress().known("tiny", "start/double").passed


def test_commands_work_from_an_exercises_folder(learn: Learn, workspace: Workspace):
    inside = workspace.root / "start" / "double"
    assert learn("list", cwd=inside).returncode == 0
    assert learn("run", cwd=inside).returncode == 1


def test_damaged_progress_is_told_by_the_next_command(learn: Learn, workspace: Workspace):
    workspace.place.progress.write_bytes(b"\xff broken")
    done = learn("list")
    assert done.returncode == 0
    assert "The progress file could not be read" in done.stderr
    (aside,) = workspace.place.own.glob("progress.unreadable-*")
    assert str(aside) in done.stderr.replace("\n", "")
    assert learn("list").stderr == "", "told once"


def test_progress_of_a_newer_learn_is_refused_and_left(learn: Learn, workspace: Workspace):
    workspace.place.progress.write_text('{"schema": 99}')
    for command in (["list"], ["run"], ["hint"], ["status"], ["goto", "upper"], ["check-all"]):
        done = learn(*command)
        assert done.returncode == 2
        assert "newer learn" in done.stderr
        assert "pip install --upgrade backendlings" in done.stderr
    assert workspace.place.progress.read_text() == '{"schema": 99}'


def test_damaged_settings_are_told(learn: Learn, workspace: Workspace):
    workspace.place.settings.write_text("[]")
    done = learn("list")
    assert done.returncode == 2
    assert "settings cannot be read" in done.stderr


def test_a_pack_that_is_gone_is_told(learn: Learn, pack_root: Path):
    pack_root.rename(pack_root.with_name("moved"))
    done = learn("run")
    assert done.returncode == 2
    assert "A pack of this workspace is gone." in done.stderr
    assert str(pack_root) in done.stderr
