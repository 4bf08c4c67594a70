"""A track becomes a pack that holds what it says, whose checks refuse what they should, and that names its makers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from runner.authoring.exercism.pack import Report, import_track
from runner.authoring.exercism.track import read_track
from runner.authoring.gates import check_pack
from runner.errors import UsageError
from runner.packs.load import load
from runner.verify.trial import run_once
from tests.authoring.exercism.tracks import ROOMS_ANSWER, add_practice, list_only, make_track
from tests.packs import put


def imported(track: Path, into: Path) -> Report:
    """The report of importing all that TRACK lists and has not given up."""
    source = read_track(track)
    return import_track(source, [each for each in source.practices if not each.deprecated], into)


@pytest.fixture
def track(tmp_path: Path) -> Path:
    return make_track(tmp_path / "track")


def test_what_is_carried_over(track: Path, tmp_path: Path) -> None:
    report = imported(track, tmp_path / "pack")
    rooms, mapped = report.outcomes
    assert (rooms.id, rooms.carried, rooms.hints) == ("medium/rooms", 3, 3)
    assert [each.test for each in rooms.left] == ["test_with_a_patched_clock"]
    assert (mapped.id, mapped.reason) == ("", "too few of its tests can be checks")
    pack = load(tmp_path / "pack")
    (exercise,) = pack.exercises.values()
    manifest = exercise.manifest
    assert (manifest.title, manifest.stars, manifest.languages) == ("Rooms", 2, ("python",))
    assert [each.id for each in manifest.checks] == [
        "a-night-has-its-price",
        "no-night-is-refused",
        "a-new-room-is-free",
    ]
    assert manifest.hints == (
        "- Begin with the [price](https://example.org/prices) of one night.",
        "- Then let a room remember its guest.",
        "- Then make a text of it.\n- Read the messages.",
    )


@pytest.mark.parametrize(("text", "written"), [("", 0), ("# Hints\n\nOne thing.\n", 1), ("- a\n- b\n", 2)])
def test_hints_that_a_track_does_not_have(track: Path, tmp_path: Path, text: str, written: int) -> None:
    put(track / "exercises" / "practice" / "rooms" / ".docs" / "hints.md", text)
    assert imported(track, tmp_path / "pack").outcomes[0].hints == written
    hints = load(tmp_path / "pack").exercises["medium/rooms"].manifest.hints
    assert [each.startswith("Nobody has written this hint yet") for each in hints] == [
        number >= written for number in range(3)
    ]


def test_the_gates_have_no_fault_but_say_that_it_is_unproven(track: Path, tmp_path: Path) -> None:
    imported(track, tmp_path / "pack")
    report = check_pack(load(tmp_path / "pack"), ["medium/rooms"], [1, 2], 1)
    assert report.findings == []
    assert report.unproven == ["medium/rooms"]


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("80 * nights", "80", None),
        ("80 * nights", "81 * nights", "a-night-has-its-price"),
        ('ValueError("at least', 'ValueError("at most', "no-night-is-refused"),
        ("raise ValueError", "return ValueError", "no-night-is-refused"),
        ("raise ValueError", "raise TypeError", "no-night-is-refused"),
        ("number, FREE", "number, 'open'", "a-new-room-is-free"),
        ("return True", "return 1", "a-new-room-is-free"),
        ("def book(self, guest, nights)", "def book(self, guest, days)", "a-new-room-is-free"),
        ("{self.number}: ", "{self.number}", "a-new-room-is-free"),
    ],
)
def test_its_checks_refuse_what_the_tests_refuse(
    track: Path, tmp_path: Path, old: str, new: str, check: str | None
) -> None:
    imported(track, tmp_path / "pack")
    exercise = load(tmp_path / "pack").exercises["medium/rooms"]
    assert old in ROOMS_ANSWER
    put(tmp_path / "work" / "rooms.py", ROOMS_ANSWER.replace(old, new))
    failure = run_once(exercise, tmp_path / "work", "python", seed=1).first_failure()
    assert (failure.id if failure else None) == check


def test_the_brief_has_its_form(track: Path, tmp_path: Path) -> None:
    imported(track, tmp_path / "pack")
    brief = load(tmp_path / "pack").exercises["medium/rooms"].brief.read_text()
    assert max(len(line) for line in brief.splitlines() if "](" not in line) <= 80
    assert "- `rooms.py` defines `price(nights)`, the class `Room` with `Room(number)`" in brief
    assert "[price list](https://example.org/prices)" in brief
    assert "[rooms](https://example.org/rooms)" in brief
    assert "**Rooms**\n" in brief
    assert "> Nobody pays twice.\n" in brief
    assert "```python\n# a comment, which is no heading\nroom = Room(7)\n```\n" in brief
    assert "# Instructions" not in brief and "~~~~" not in brief


def test_makers_and_licence_come_along(track: Path, tmp_path: Path) -> None:
    imported(track, tmp_path / "pack")
    notice = (tmp_path / "pack" / "NOTICE.md").read_text()
    assert "- medium/rooms: ana, ben. A hotel\n" in notice
    assert "https://github.com/exercism/python" in notice
    assert (tmp_path / "pack" / "LICENSE").read_text() == "A licence of our own.\n"
    page = (tmp_path / "pack" / "IMPORT.md").read_text()
    assert "- test_with_a_patched_clock: uses `with unittest.mock.patch" in page
    assert "- mapped: too few of its tests can be checks (1 of 3)" in page


def test_without_a_licence_the_notice_says_so(track: Path, tmp_path: Path) -> None:
    (track / "LICENSE").unlink()
    imported(track, tmp_path / "pack")
    assert "held no file LICENSE" in (tmp_path / "pack" / "NOTICE.md").read_text()
    assert not (tmp_path / "pack" / "LICENSE").exists()


def test_a_check_that_the_tracks_own_answer_does_not_pass_is_left_out(track: Path, tmp_path: Path) -> None:
    tests = "from one import f\n" + "".join(f"def test_{n}():\n    assert f({n}) == {n}\n" for n in range(3))
    add_practice(track, "one", tests, "def f(n):\n    return n if n < 2 else -1\n", "def f(n):\n    pass\n")
    list_only(track, "one")
    (outcome,) = imported(track, tmp_path / "pack").outcomes
    assert outcome.carried == 2
    assert [each.test for each in outcome.left] == ["test_2"]
    assert outcome.left[0].reason.startswith("the track's own answer does not pass")


def test_a_starter_that_passes_is_no_exercise(track: Path, tmp_path: Path) -> None:
    add_practice(
        track, "two", "from two import f\ndef test_f():\n    assert f() == 1\n", *["def f():\n    return 1\n"] * 2
    )
    list_only(track, "two")
    (outcome,) = imported(track, tmp_path / "pack").outcomes
    assert outcome.left[0].reason == "the untouched starter passes it"
    assert not (tmp_path / "pack").exists(), "a pack without exercises is none"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (".meta/config.json", "{", ".meta/config.json cannot be used"),
        (".meta/config.json", '{"files": {"test": ["a", "b"]}}', "it has not one test module"),
        (".meta/config.json", '{"files": {"solution": "rooms.py"}}', "its files are no lists of names"),
        (
            ".meta/config.json",
            '{"files": {"test": ["../mapped/mapped_test.py"], "solution": ["a"], "example": ["b"]}}',
            "lies outside of its folder",
        ),
        ("rooms_test.py", "def (", "the test module is not valid Python"),
        (".meta/example.py", "def (", "the example is not valid Python"),
    ],
)
def test_an_exercise_that_cannot_be_read(track: Path, tmp_path: Path, name: str, text: str, reason: str) -> None:
    put(track / "exercises" / "practice" / "rooms" / name, text)
    assert reason in imported(track, tmp_path / "pack").outcomes[0].reason


def test_files_that_are_no_text_or_not_there(track: Path, tmp_path: Path) -> None:
    rooms = track / "exercises" / "practice" / "rooms"
    (rooms / "rooms.py").write_bytes(b"\xff\xfe")
    assert imported(track, tmp_path / "pack").outcomes[0].reason == "rooms.py is not UTF-8 text"
    (rooms / "rooms.py").unlink()
    assert "rooms.py: No such file" in imported(track, tmp_path / "pack").outcomes[0].reason
    os.symlink("/etc/hostname", rooms / "rooms.py")
    assert imported(track, tmp_path / "pack").outcomes[0].reason == "rooms.py lies outside of its folder"
    put(rooms / "rooms.py.new", "x" * (1024 * 1024 + 1)).replace(rooms / "rooms.py")
    assert imported(track, tmp_path / "pack").outcomes[0].reason == "rooms.py is larger than 1 MiB"


@pytest.mark.parametrize("slug", ["../rooms", "Rooms", "a b", ""])
def test_slugs_that_are_no_names(track: Path, tmp_path: Path, slug: str) -> None:
    list_only(track, slug)
    assert "is not of small letters" in imported(track, tmp_path / "pack").outcomes[0].reason


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{", "JSON that does not parse"),
        ("[]", "another shape"),
        ('{"language": "Python", "exercises": {"practice": {}}}', "another shape"),
        ('{"language": "Ruby", "exercises": {"practice": []}}', '"Ruby"'),
        ('{"exercises": {"practice": []}}', "null"),
    ],
)
def test_a_folder_that_is_no_track_of_python(track: Path, text: str, found: str) -> None:
    put(track / "config.json", text)
    with pytest.raises(UsageError) as refused:
        read_track(track)
    assert found in dict(refused.value.rows)["found"]


def test_odd_entries_of_the_list_are_no_exercises(track: Path) -> None:
    practice = [None, 7, {"slug": 3}, {"slug": "rooms", "difficulty": "hard"}]
    put(track / "config.json", json.dumps({"language": "Python", "exercises": {"practice": practice}}))
    (rooms,) = read_track(track).practices
    assert (rooms.name, rooms.difficulty) == ("rooms", 1)
