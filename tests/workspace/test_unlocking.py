"""What is unlocked and what comes next, as a function of the pack and of progress."""

from __future__ import annotations

from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.packs.load import load
from runner.packs.models import Pack
from runner.workspace import unlock
from runner.workspace.place import PackSource, Settings, make
from runner.workspace.progress import Progress
from runner.workspace.workspace import Workspace, open_workspace
from tests.packs import add_exercise, change, exercise_folder, make_pack, move_topic


@pytest.fixture
def long_root(tmp_path: Path) -> Path:
    """`start` has four exercises, the third of them extra; `shell` and `git` build on `start`."""
    root = make_pack(tmp_path / "pack")
    add_exercise(root, "start/triple")
    add_exercise(root, "start/bonus", extra=True)
    add_exercise(root, "start/last")
    return root


@pytest.fixture
def long_pack(long_root: Path) -> Pack:
    return load(long_root)


def after(pack: Pack, *passed: str, later: tuple[str, ...] = (), skipped: tuple[str, ...] = ()) -> Progress:
    progress = Progress(skipped=list(skipped))
    for exercise in passed:
        progress.record(pack.name, exercise).passed["python"] = "2026-01-05T10:00:00Z"
    for exercise in later:
        progress.record(pack.name, exercise).later = True
    return progress


def opened(pack: Pack, *passed: str, later: tuple[str, ...] = (), skipped: tuple[str, ...] = ()) -> list[str]:
    """The unlocked exercises in teaching order."""
    found = unlock.unlocked(after(pack, *passed, later=later, skipped=skipped), pack)
    return [each for each in pack.exercises if each in found]


def test_at_first_one_exercise_of_each_free_topic_is_open(long_pack: Pack):
    assert opened(long_pack) == ["start/double"]


def test_a_pass_opens_the_next_of_its_topic(long_pack: Pack):
    assert opened(long_pack, "start/double") == ["start/double", "start/triple"]


def test_an_extra_holds_nothing_back(long_pack: Pack):
    found = opened(long_pack, "start/double", "start/triple")
    assert found == ["start/double", "start/triple", "start/bonus", "start/last"]
    core = ("start/double", "start/triple", "start/last")
    assert {"shell/upper", "git/one-commit"} <= set(opened(long_pack, *core)), "nor the topics behind its own"


def test_the_last_of_a_topic_is_the_way_to_test_out_of_it(long_pack: Pack):
    found = opened(long_pack, "start/last")
    assert found == ["start/double", "start/last", "shell/upper", "git/one-commit"]


def test_an_extra_at_the_end_is_not_the_last_one(long_root: Path):
    add_exercise(long_root, "start/dessert", extra=True)
    pack = load(long_root)
    assert "shell/upper" not in opened(pack, "start/dessert")
    assert "shell/upper" in opened(pack, "start/last")


def test_a_postponed_exercise_holds_nothing_back(long_pack: Pack):
    assert opened(long_pack, later=("start/double",)) == ["start/double", "start/triple"]
    everything = opened(long_pack, later=("start/double", "start/triple", "start/last"))
    assert everything == list(long_pack.exercises)


def test_requires_of_an_exercise_hold_beside_the_order(long_root: Path):
    change(exercise_folder(long_root, "git/one-commit") / "exercise.toml", requires=["shell/upper"])
    pack = load(long_root)
    assert "git/one-commit" not in opened(pack, "start/last")
    assert "git/one-commit" in opened(pack, "start/last", "shell/upper")


def test_topics_of_a_skipped_phase_hold_nothing_back(tmp_path: Path):
    root = make_pack(tmp_path / "pack")
    move_topic(root, "git", "2-next", requires=["shell"])
    pack = load(root)
    assert opened(pack) == ["start/double"]
    assert "git/one-commit" in opened(pack, skipped=(f"{pack.name}/1-basics",))


def test_what_was_passed_or_opened_once_stays_open(long_pack: Pack):
    progress = after(long_pack, "git/one-commit")
    progress.record("tiny", "start/last").opened = True
    assert unlock.unlocked(progress, long_pack) == {"start/double", "start/last", "git/one-commit"}


def test_the_next_one_is_the_first_open_behind_this(long_pack: Pack):
    def following(after_this: str | None, *passed: str, later: tuple[str, ...] = ()) -> str | None:
        found = unlock.following(after(long_pack, *passed, later=later), long_pack, after_this)
        return found.id if found else None

    assert following(None) == "start/double"
    assert following("start/double", "start/double") == "start/triple"
    assert following("start/last", "start/last") == "shell/upper"
    # Nothing open behind: back to the first that is left, postponed ones last.
    assert following("git/one-commit", "start/last", "git/one-commit", "shell/upper") == "start/double"
    everything = tuple(each for each in long_pack.exercises if each != "start/double")
    assert following("git/one-commit", *everything, later=("start/double",)) == "start/double"
    assert following("git/one-commit", *everything, "start/double") is None


def a_workspace(tmp_path: Path, *roots: Path) -> Workspace:
    sources = [PackSource(str(root), "" if index == 0 else root.name) for index, root in enumerate(roots)]
    return open_workspace(make(tmp_path / "learner", Settings("python", tuple(sources))))


def test_three_may_wait_for_later_and_no_fourth(tmp_path: Path, long_root: Path):
    for slug in ("four", "five"):
        add_exercise(long_root, f"start/{slug}")
    workspace = a_workspace(tmp_path, long_root)
    for exercise, instead in (("double", "triple"), ("triple", "bonus"), ("last", "bonus")):
        following = workspace.postpone(workspace.find(exercise))
        assert following is not None
        assert following.slug in (instead, "four")
    with pytest.raises(UsageError, match="3 exercises wait") as caught:
        workspace.postpone(workspace.find("four"))
    assert "start/double, start/triple, start/last" in str(caught.value)
    assert "learn goto start/double" in str(caught.value)
    workspace.enter(workspace.find("double"))
    assert workspace.postpone(workspace.find("four")) is not None, "one that was taken up again makes room"


def test_postponing_twice_is_one_that_waits(tmp_path: Path, long_root: Path):
    workspace = a_workspace(tmp_path, long_root)
    for _ in range(5):
        workspace.postpone(workspace.find("double"))
    waiting = [record for record in workspace.progress().packs["tiny"].values() if record.later]
    assert len(waiting) == 1


def test_an_exercise_that_left_the_pack_does_not_wait(tmp_path: Path, long_root: Path):
    workspace = a_workspace(tmp_path, long_root)
    with workspace.changing() as progress:
        for slug in ("gone", "away", "lost"):
            progress.record("tiny", f"start/{slug}").later = True
    assert workspace.postpone(workspace.find("double")) is not None


def test_a_passed_exercise_cannot_wait(tmp_path: Path, long_root: Path):
    workspace = a_workspace(tmp_path, long_root)
    with workspace.changing() as progress:
        progress.record("tiny", "start/double").passed["python"] = "2026-01-05T10:00:00Z"
    with pytest.raises(UsageError, match="passed already"):
        workspace.postpone(workspace.find("double"))


def test_the_only_exercise_left_cannot_wait(tmp_path: Path):
    root = make_pack(tmp_path / "pack")
    workspace = a_workspace(tmp_path, root)
    with workspace.changing() as progress:
        for exercise in ("start/double", "shell/upper"):
            progress.record("tiny", exercise).passed["python"] = "2026-01-05T10:00:00Z"
    with pytest.raises(UsageError, match="Nothing else is left"):
        workspace.postpone(workspace.find("one-commit"))
    assert not workspace.progress().known("tiny", "git/one-commit").later


def test_a_locked_exercise_opens_only_by_name(tmp_path: Path, long_root: Path):
    workspace = a_workspace(tmp_path, long_root)
    last = workspace.find("last")
    with pytest.raises(UsageError, match="locked") as caught:
        workspace.enter(last)
    assert "learn goto last" in str(caught.value)
    assert not workspace.folder(last).exists()
    workspace.enter(last, jump=True)
    assert workspace.folder(last).is_dir()
    assert workspace.current(workspace.progress()).id == "start/last"


def test_two_packs_are_told_apart(tmp_path: Path, long_root: Path):
    other = make_pack(tmp_path / "other", name="other")
    workspace = a_workspace(tmp_path, long_root, other)
    with pytest.raises(UsageError, match="Several exercises"):
        workspace.find("double")
    assert workspace.find("other/start/double").pack == "other"
    assert workspace.folder(workspace.find("other/start/double")) == workspace.root / "other" / "start" / "double"
    with workspace.changing() as progress:
        progress.record("other", "start/double").passed["python"] = "2026-01-05T10:00:00Z"
    open_now = workspace.unlocked(workspace.progress())
    assert ("other", "shell/upper") in open_now
    assert ("tiny", "shell/upper") not in open_now


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(tmp_path: Path, long_root: Path):
    workspace = a_workspace(tmp_path, long_root)
    with pytest.raises(UsageError, match="There is no exercise tripel") as caught:
        workspace.find("tripel")
    assert "perhaps triple" in str(caught.value)
    assert workspace.find("start/triple/").id == "start/triple"
