"""The small pack that the other tests stand on keeps every rule itself."""

from pathlib import Path

from runner.authoring.gates import check_pack
from runner.packs.load import load
from runner.packs.models import Pack
from tests.packs import add_exercise, make_pack


def test_the_gates_find_no_fault_in_the_small_pack(pack: Pack):
    report = check_pack(pack, list(pack.exercises), [1, 2], jobs=2)
    assert report.findings == []
    assert report.blocked == {}
    # Two starters, a right answer on two seeds and three wrong ones, in each of the four exercise-languages.
    assert report.runs == 4 * 7


def test_the_gates_find_no_fault_in_an_added_exercise(tmp_path: Path):
    root = make_pack(tmp_path / "pack")
    add_exercise(root, "start/times-five", factor=5, requires=["start/double"])
    pack = load(root)
    assert list(pack.exercises) == ["start/double", "start/times-five", "shell/upper", "git/one-commit"]
    report = check_pack(pack, ["start/times-five"], [1], jobs=2)
    assert report.findings == []
    assert report.blocked == {}
