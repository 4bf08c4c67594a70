"""`learn pack import exercism` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.authoring.exercism.tracks import make_track
from tests.cli.conftest import run_learn


@pytest.fixture
def track(tmp_path: Path) -> Path:
    return make_track(tmp_path / "track")


def test_a_pack_that_can_be_used_at_once(track: Path, tmp_path: Path):
    done = run_learn("pack", "import", "exercism", str(track), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "rooms: 1 of 4 tests were left out" in done.stdout
    assert "mapped was left out: too few of its tests can be checks" in done.stdout
    assert done.stdout.endswith(f"  next      learn pack check {tmp_path / 'exercism-python'}\n")
    checked = run_learn("pack", "check", "exercism-python", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "1 exercise says that it is unproven" in checked.stdout
    assert run_learn("init", "work", "--pack", "exercism-python", cwd=tmp_path).returncode == 0
    listed = run_learn("list", cwd=tmp_path / "work")
    assert "medium/rooms" in listed.stdout


def test_one_exercise_as_json_into_a_folder(track: Path, tmp_path: Path):
    done = run_learn("pack", "import", "exercism", "track", "--only", "rooms", "--into", "a/b", "--json", cwd=tmp_path)
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["folder"] == str(tmp_path / "a" / "b")
    (rooms,) = report["exercises"]
    assert (rooms["id"], rooms["carried"], len(rooms["left"])) == ("medium/rooms", 3, 1)


def test_nothing_carried_over_makes_no_pack(track: Path, tmp_path: Path):
    done = run_learn("pack", "import", "exercism", "track", "--only", "mapped", cwd=tmp_path)
    assert done.returncode == 4
    assert "no pack was made" in done.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["track"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("nowhere",), "no checkout of an Exercism track"),
        (("track", "--only", "roms"), "--only rooms"),
        (("track", "--into", "track"), "exists already"),
    ],
)
def test_refusals_name_what_to_do(track: Path, tmp_path: Path, args: tuple[str, ...], words: str):
    done = run_learn("pack", "import", "exercism", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "  next      " in done.stderr
