"""A pack that changed under a workspace: progress and folders follow, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from runner.verify.verdict import Verdict
from runner.workspace.workspace import Workspace, open_workspace
from tests.packs import PHASE, add_exercise, change, exercise_folder, put, read, toml


@pytest.fixture
def used(workspace: Workspace) -> Workspace:
    """A workspace in use: `start/double` passed with two hints read, `shell/upper` begun."""
    workspace.read_hint(workspace.find("start/double"), force=True)
    workspace.read_hint(workspace.find("start/double"), force=True)
    mine = workspace.folder(workspace.find("start/double")) / "double.py"
    mine.write_text("def double(n):\n    return n * 2  # mine\n")
    workspace.record(Verdict("tiny", "start/double", "python", "0", 1, "passed"))
    workspace.enter(workspace.find("shell/upper"))
    (workspace.folder(workspace.find("shell/upper")) / "upper.sh").write_text("# mine\n")
    return workspace


def again(workspace: Workspace) -> Workspace:
    return open_workspace(workspace.place)


def rename(root: Path, old: str, new: str) -> None:
    """Rename an exercise of the pack as its author would: the folder, the order, `was`."""
    (old_topic, old_slug), (new_topic, new_slug) = old.split("/"), new.split("/")
    head = read(root / "pack.toml")
    for topic in head["phases"][0]["topics"]:
        if topic["id"] == old_topic:
            topic["order"].remove(old_slug)
    for topic in head["phases"][0]["topics"]:
        if topic["id"] == new_topic:
            topic["order"].append(new_slug)
    head["phases"][0]["topics"] = [topic for topic in head["phases"][0]["topics"] if topic["order"]]
    put(root / "pack.toml", toml(head))
    exercise_folder(root, old).rename(exercise_folder(root, new))
    answers = root / "solutions" / PHASE
    (answers / old).rename(answers / new)
    change(exercise_folder(root, new) / "exercise.toml", was=[old])


def test_a_renamed_exercise_keeps_progress_and_folder(used: Workspace, pack_root: Path):
    rename(pack_root, "start/double", "start/twice")
    after = again(used)
    record = after.progress().known("tiny", "start/twice")
    assert record.passed
    assert record.hints == 2
    assert record.attempts == 1
    folder = after.folder(after.find("start/twice"))
    assert "# mine" in (folder / "double.py").read_text()
    assert not (after.root / "start" / "double").exists()
    assert after.laid(after.find("start/twice")).content, "what it began from is known under the new name too"
    assert any("start/double is called start/twice now" in note for note in after.notes)


def test_a_rename_is_told_once_and_kept(used: Workspace, pack_root: Path):
    rename(pack_root, "start/double", "start/twice")
    first = again(used)
    with first.changing():
        pass
    second = again(used)
    second.progress()
    assert second.notes == []
    assert second.progress().known("tiny", "start/twice").passed
    assert "start/double" not in second.progress().packs["tiny"]


def test_a_rename_from_topic_to_topic_moves_the_folder(used: Workspace, pack_root: Path):
    rename(pack_root, "shell/upper", "git/loud")
    after = again(used)
    assert after.current(after.progress()).id == "git/loud", "the learner is still where they were"
    assert (after.root / "git" / "loud" / "upper.sh").read_text() == "# mine\n"


def test_a_renamed_exercise_is_found_by_its_old_name(used: Workspace, pack_root: Path):
    rename(pack_root, "start/double", "start/twice")
    assert again(used).find("start/double").id == "start/twice"


def test_a_rename_onto_a_folder_of_the_learner_overwrites_nothing(used: Workspace, pack_root: Path):
    put(used.root / "start" / "twice" / "diary.txt", "dear diary\n")
    rename(pack_root, "start/double", "start/twice")
    after = again(used)
    assert after.progress().known("tiny", "start/twice").passed
    assert (after.root / "start" / "twice" / "diary.txt").read_text() == "dear diary\n"
    assert "# mine" in (after.root / "start" / "double" / "double.py").read_text()


def test_progress_rebuilt_after_a_rename_knows_the_new_name(used: Workspace, pack_root: Path):
    rename(pack_root, "start/double", "start/twice")
    used.place.progress.write_text("broken")
    assert again(used).progress().known("tiny", "start/twice").passed


def test_reordered_exercises_keep_everything(used: Workspace, pack_root: Path):
    head = read(pack_root / "pack.toml")
    topics = head["phases"][0]["topics"]
    topics.reverse()
    for topic in topics:
        topic.pop("requires", None)
    put(pack_root / "pack.toml", toml(head))
    after = again(used)
    assert list(after.packs[0].exercises) == ["git/one-commit", "shell/upper", "start/double"]
    assert after.progress().known("tiny", "start/double").passed
    assert after.current(after.progress()).id == "shell/upper"
    after.enter(after.find("shell/upper"))
    assert (after.folder(after.find("shell/upper")) / "upper.sh").read_text() == "# mine\n"
    assert not after.place.kept.exists()


def test_an_added_exercise_opens_and_takes_nothing_away(used: Workspace, pack_root: Path):
    add_exercise(pack_root, "start/triple")
    after = again(used)
    opened = {exercise for _, exercise in after.unlocked(after.progress())}
    assert {"start/double", "start/triple", "shell/upper"} <= opened, "what was begun stays open"
    after.enter(after.find("start/triple"))
    assert (after.folder(after.find("start/triple")) / "triple.py").is_file()


def test_a_removed_exercise_leaves_its_folder_and_its_record(used: Workspace, pack_root: Path):
    head = read(pack_root / "pack.toml")
    head["phases"][0]["topics"] = [topic for topic in head["phases"][0]["topics"] if topic["id"] != "shell"]
    put(pack_root / "pack.toml", toml(head))
    kept = pack_root.parent / "shell"
    exercise_folder(pack_root, "shell").rename(kept)
    after = again(used)
    assert after.current(after.progress()).id == "git/one-commit", "the place is gone, so the next open one is it"
    after.enter(after.find("git/one-commit"))
    assert (after.root / "shell" / "upper" / "upper.sh").read_text() == "# mine\n"
    assert after.progress().known("tiny", "shell/upper").opened
    # And when it comes back, it is as if it had never been away.
    shutil.move(kept, exercise_folder(pack_root, "shell"))
    head["phases"][0]["topics"].append({"id": "shell", "title": "Shell", "order": ["upper"]})
    put(pack_root / "pack.toml", toml(head))
    back = again(used)
    back.enter(back.find("shell/upper"))
    assert (back.folder(back.find("shell/upper")) / "upper.sh").read_text() == "# mine\n"
    assert back.notes == []


def test_a_changed_starter_does_not_touch_the_work(used: Workspace, pack_root: Path):
    starter = exercise_folder(pack_root, "start/double") / "starter" / "python" / "double.py"
    starter.write_text("# a better starter\n")
    after = again(used)
    after.enter(after.find("start/double"))
    mine = after.folder(after.find("start/double")) / "double.py"
    assert "# mine" in mine.read_text()
    after.reset(after.find("start/double"))
    assert mine.read_text() == "# a better starter\n"


def test_new_starting_files_reach_who_has_changed_nothing(workspace: Workspace, pack_root: Path) -> None:
    exercise = workspace.find("double")
    folder = workspace.folder(exercise)
    before = (folder / "double.py").read_text(encoding="utf-8")
    put(exercise.starter("python") / "double.py", before.replace("None", "0"))
    workspace.enter(exercise)
    assert "return 0" in (folder / "double.py").read_text(encoding="utf-8")
    [note] = workspace.notes
    [kept] = workspace.place.kept.iterdir()
    assert str(kept) in note
    assert (kept / "double.py").read_text(encoding="utf-8") == before


def test_new_starting_files_leave_the_learners_work_alone(workspace: Workspace, pack_root: Path) -> None:
    exercise = workspace.find("double")
    mine = workspace.folder(exercise) / "double.py"
    mine.write_text("# mine\n", encoding="utf-8")
    put(exercise.starter("python") / "double.py", "def double(n):\n    return 0\n")
    workspace.enter(exercise)
    assert mine.read_text(encoding="utf-8") == "# mine\n"
    [note] = workspace.notes
    assert "learn reset" in note
    workspace.notes.clear()
    workspace.enter(exercise)
    assert workspace.notes == []  # told once


def test_a_new_brief_reaches_the_learners_folder(used: Workspace, pack_root: Path) -> None:
    """Also beside work, and where the exercise was renamed; and it makes no work of what was not touched."""
    for name in ("start/double", "shell/upper"):
        brief = exercise_folder(pack_root, name) / "README.md"
        put(brief, brief.read_text(encoding="utf-8") + "A better sentence.\n")
    rename(pack_root, "start/double", "start/twice")
    after = again(used)
    after.enter(after.find("shell/upper"))
    after.enter(after.find("start/twice"))
    for name in ("start/twice", "shell/upper"):
        folder = after.folder(after.find(name))
        assert (folder / "README.md").read_text(encoding="utf-8").endswith("A better sentence.\n")
    assert (after.root / "shell" / "upper" / "upper.sh").read_text(encoding="utf-8") == "# mine\n"


def test_a_brief_that_the_learner_wrote_in_stays(workspace: Workspace, pack_root: Path) -> None:
    exercise = workspace.find("double")
    mine = workspace.folder(exercise) / "README.md"
    mine.write_text("# my notes\n", encoding="utf-8")
    put(exercise.brief, exercise.brief.read_text(encoding="utf-8") + "A better sentence.\n")
    workspace.enter(exercise)
    assert mine.read_text(encoding="utf-8") == "# my notes\n"


def test_a_new_brief_is_no_work_of_the_learners(workspace: Workspace, pack_root: Path) -> None:
    exercise = workspace.find("double")
    put(exercise.brief, exercise.brief.read_text(encoding="utf-8") + "A better sentence.\n")
    workspace.enter(exercise)
    put(exercise.starter("python") / "double.py", "def double(n):\n    return 0\n")
    workspace.enter(exercise)
    assert "return 0" in (workspace.folder(exercise) / "double.py").read_text(encoding="utf-8")
