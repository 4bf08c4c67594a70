"""Several programs at work on one workspace while its packs change."""

from __future__ import annotations

from pathlib import Path

import pytest

from runner.packs.load import load
from runner.packs.source import Source
from runner.packs.store import gathered
from runner.verify.verdict import Verdict
from runner.workspace import sharing
from runner.workspace.workspace import Workspace, open_workspace
from tests.packs import PHASE, change, exercise_folder, make_pack, put, read, toml
from tests.repositories import commit


@pytest.fixture
def author(tmp_path: Path) -> Path:
    made = make_pack(tmp_path / "shop", name="shop")
    commit(made)
    return made


@pytest.fixture
def used(workspace: Workspace, author: Path) -> Workspace:
    """A workspace with the pack `shop`, where `start/double` is passed, and then called `start/twice`."""
    origin = Source("git", str(author), "main")
    with gathered(workspace.place.packs, origin) as found:
        sharing.add(workspace.place, load(found.root), "shop", origin, found)
    first = open_workspace(workspace.place)
    first.enter(first.find("shop/start/double"), jump=True)
    first.record(Verdict("shop", "start/double", "python", "0", 1, "passed"))
    rename(author)
    with gathered(workspace.place.packs, origin) as found:
        sharing.update(workspace.place, "shop", origin, found)
    return open_workspace(workspace.place)


def rename(root: Path) -> None:
    head = read(root / "pack.toml")
    head["phases"][0]["topics"][0]["order"] = ["twice"]
    put(root / "pack.toml", toml(head))
    for kind in ("exercises", "solutions"):
        (root / kind / PHASE / "start" / "double").rename(root / kind / PHASE / "start" / "twice")
    change(exercise_folder(root, "start/twice") / "exercise.toml", was=["start/double"])
    commit(root)


def test_a_program_with_the_older_packs_renames_nothing_back(used: Workspace):
    """A `learn run` was at work when the update was undone; its verdict comes afterwards."""
    assert used.progress().known("shop", "start/twice").passed
    sharing.undo(used.place, "shop")
    folder = used.root / "shop" / "start"
    assert open_workspace(used.place).progress().current == ("shop", "start/double")
    assert [each.name for each in folder.iterdir()] == ["double"]
    used.record(Verdict("shop", "start/twice", "python", "0", 1, "crashed"))
    assert [each.name for each in folder.iterdir()] == ["double"]
    after = open_workspace(used.place)
    assert after.progress().known("shop", "start/double").passed
    assert after.folder(after.find("shop/start/double")).is_dir()


def test_a_late_verdict_does_not_hide_a_pass(used: Workspace, author: Path):
    """What was recorded under the other id meanwhile is added to what is carried over, and does not replace it."""
    used.progress()
    sharing.undo(used.place, "shop")
    used.record(Verdict("shop", "start/twice", "python", "0", 1, "crashed"))
    origin = Source("git", str(author), "main")
    with gathered(used.place.packs, origin) as found:
        sharing.update(used.place, "shop", origin, found)
    record = open_workspace(used.place).progress().known("shop", "start/twice")
    assert record.passed
    assert record.attempts == 2


def test_an_undo_that_is_cut_short_is_finished_by_the_next_program(used: Workspace):
    """The lock file is written and nothing else: what follows from it is done when the progress is read next."""
    used.progress()
    sharing.undo(used.place, "shop")
    after = open_workspace(used.place)
    assert (after.root / "shop" / "start" / "twice").is_dir()
    assert after.progress().known("shop", "start/double").passed
    assert after.folder(after.find("shop/start/double")).is_dir()
    assert not (after.root / "shop" / "start" / "twice").exists()


def test_an_open_workspace_looks_again(used: Workspace):
    assert not used.look_again()
    sharing.undo(used.place, "shop")
    assert used.look_again()
    assert used.find("shop/start/double")
    assert not used.look_again()
    sharing.remove(used.place, "shop")
    assert used.look_again()
    assert [each.name for each in used.packs] == ["tiny"]
    used.place.settings.write_text("{")
    assert not used.look_again()
    assert [each.name for each in used.packs] == ["tiny"]
