"""Work in two languages: each is kept as it was left, and progress counts in both."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.packs.models import Exercise
from runner.workspace import layout
from runner.workspace.workspace import Workspace, open_workspace
from tests.packs import add_exercise, change, exercise_folder


def double(workspace: Workspace) -> Exercise:
    return workspace.find("start/double")


def names(workspace: Workspace) -> list[str]:
    return sorted(each.name for each in workspace.folder(double(workspace)).iterdir())


def mine(workspace: Workspace, suffix: str) -> Path:
    return workspace.folder(double(workspace)) / f"double.{suffix}"


def test_the_work_in_each_language_comes_back_as_it_was_left(workspace: Workspace):
    mine(workspace, "py").write_text("# mine\n")
    (mine(workspace, "py").parent / "notes.txt").write_text("notes\n")
    python = workspace.laid(double(workspace))
    away, back = workspace.switch(double(workspace), "javascript") or pytest.fail("nothing was done")
    assert not back and (away / "double.py").read_text() == "# mine\n"
    assert names(workspace) == ["README.md", "double.mjs"]
    assert workspace.language(double(workspace)) == "javascript"
    assert workspace.files_to_edit(double(workspace)) == [mine(workspace, "mjs")]
    mine(workspace, "mjs").write_text("// mine\n")
    javascript = workspace.laid(double(workspace))
    assert javascript.content != python.content and javascript.origin != python.origin

    away, back = workspace.switch(double(workspace), "python") or pytest.fail("nothing was done")
    assert back and (away / "double.mjs").read_text() == "// mine\n"
    assert names(workspace) == ["README.md", "double.py", "notes.txt"]
    assert mine(workspace, "py").read_text() == "# mine\n"
    assert workspace.laid(double(workspace)) == python

    assert workspace.switch(double(workspace), "javascript") is not None
    assert mine(workspace, "mjs").read_text() == "// mine\n"
    assert workspace.laid(double(workspace)) == javascript
    assert workspace.switch(double(workspace), "javascript") is None


def test_another_program_sees_it_too(workspace: Workspace):
    workspace.switch(double(workspace), "javascript")
    again = open_workspace(workspace.place)
    assert again.settings.language == "python"
    assert again.language(double(again)) == "javascript"


def test_new_exercises_follow_the_workspace_and_old_ones_stay(workspace: Workspace, pack_root: Path):
    add_exercise(pack_root, "start/triple")
    workspace = open_workspace(workspace.place)
    workspace.change_language("javascript")
    again = open_workspace(workspace.place)
    for each in (workspace, again):
        assert each.language(double(each)) == "python"
        assert each.language(each.find("start/triple")) == "javascript"
        assert each.language(each.find("shell/upper")) == ""
    again.enter(again.find("start/triple"), jump=True)
    assert (again.folder(again.find("start/triple")) / "triple.mjs").is_file()


def test_exercises_of_an_older_program_stay_in_the_language_of_then(workspace: Workspace):
    record = workspace.place.laid / "tiny" / "start" / "double.json"
    data = json.loads(record.read_text())
    del data["language"]
    record.write_text(json.dumps(data))
    assert workspace.language(double(workspace)) == "python"
    workspace.change_language("javascript")
    assert workspace.language(double(workspace)) == "python"


def test_a_language_that_the_exercise_lacks_is_refused(workspace: Workspace, pack_root: Path):
    workspace.enter(workspace.find("shell/upper"), jump=True)
    with pytest.raises(UsageError, match="cannot be done in javascript"):
        workspace.switch(workspace.find("shell/upper"), "javascript")
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", languages=["python"])
    workspace = open_workspace(workspace.place)
    with pytest.raises(UsageError) as caught:
        workspace.switch(double(workspace), "javascript")
    assert "python" in str(caught.value) and "learn list" in str(caught.value)
    assert names(workspace) == ["README.md", "double.py"]


def test_what_is_locked_stays_so(workspace: Workspace, pack_root: Path):
    add_exercise(pack_root, "later/triple", requires=["start/double"])
    workspace = open_workspace(workspace.place)
    with pytest.raises(UsageError, match="is locked"):
        workspace.switch(workspace.find("later/triple"), "javascript")


def test_a_reset_is_of_the_language_at_work_alone(workspace: Workspace):
    mine(workspace, "py").write_text("# mine\n")
    workspace.switch(double(workspace), "javascript")
    mine(workspace, "mjs").write_text("// mine\n")
    kept = workspace.reset(double(workspace))
    assert kept and (kept / "double.mjs").read_text() == "// mine\n"
    assert "TODO" in mine(workspace, "mjs").read_text()
    workspace.switch(double(workspace), "python")
    assert mine(workspace, "py").read_text() == "# mine\n"


@pytest.mark.parametrize("until", range(4))
def test_a_crash_in_the_middle_loses_nothing(workspace: Workspace, until: int, monkeypatch: pytest.MonkeyPatch):
    """Each rename may be the last thing that happens; the next command sets it right."""
    mine(workspace, "py").write_text("# mine\n")
    workspace.switch(double(workspace), "javascript")
    mine(workspace, "mjs").write_text("// mine\n")
    done = 0

    class Killed(BaseException):
        pass

    rename = Path.rename

    def counted(self: Path, target: Path) -> Path:
        nonlocal done
        if done == until:
            raise Killed
        done += 1
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", counted)
        with pytest.raises(Killed):
            workspace.switch(double(workspace), "python")
    again = open_workspace(workspace.place)
    again.enter(double(again))
    found = {"python": "# mine\n", "javascript": "// mine\n"}
    first = again.language(double(again))
    assert mine(again, {"python": "py", "javascript": "mjs"}[first]).read_text() == found[first]
    other = "python" if first == "javascript" else "javascript"
    again.switch(double(again), other)
    assert mine(again, {"python": "py", "javascript": "mjs"}[other]).read_text() == found[other]
    assert again.notes == []


def test_a_starter_that_cannot_be_laid_out_leaves_the_old_work_in_its_place(workspace: Workspace, pack_root: Path):
    mine(workspace, "py").write_text("# mine\n")
    (exercise_folder(pack_root, "start/double") / "setup.py").write_text("def setup(folder, rng):\n    1 / 0\n")
    from runner.errors import PackError

    with pytest.raises(PackError):
        workspace.switch(double(workspace), "javascript")
    assert mine(workspace, "py").read_text() == "# mine\n"
    assert workspace.language(double(workspace)) == "python"


def test_work_that_was_put_away_follows_a_new_name_of_its_exercise(workspace: Workspace, pack_root: Path):
    mine(workspace, "py").write_text("# mine\n")
    workspace.switch(double(workspace), "javascript")
    with workspace.changing() as progress:
        progress.record("tiny", "start/double").attempts = 1
    old = exercise_folder(pack_root, "start/double")
    add_exercise(pack_root, "start/twofold", factor=2, was=["start/double"])
    os.rename(old, pack_root / "gone")
    pack = (pack_root / "pack.toml").read_text().replace('"double", ', "")
    (pack_root / "pack.toml").write_text(pack)
    again = open_workspace(workspace.place)
    again.progress()
    twofold = again.find("start/twofold")
    assert again.language(twofold) == "javascript"
    assert again.switch(twofold, "python") is not None
    assert (again.folder(twofold) / "double.py").read_text() == "# mine\n"


def test_layout_knows_no_language_of_a_folder_that_is_not_there(workspace: Workspace):
    assert layout.laid(workspace.place, workspace.find("shell/upper")).language == ""
