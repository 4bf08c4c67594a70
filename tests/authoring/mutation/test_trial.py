"""Mutants of a small pack's answers: those that pass every check survive, notes are kept, faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from runner.authoring.mutation import equivalent
from runner.authoring.mutation.plan import find, plan, sample
from runner.authoring.mutation.trial import Result, try_all
from runner.packs.load import load
from tests.packs import answer_folder, change, exercise_folder, put

TIMES = answer_folder(Path(), "start/double", "right/times")
GUARDED = "def double(n):\n    if n < -7:\n        return n + n\n    return n * 2\n"


def tried(root: Path, language: str = "python", most: int = 0) -> Result:
    [result] = try_all([plan(load(root).exercises["start/double"], language, most)], [1, 2], 1)
    return result


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_checks_that_see_every_mistake(pack_root: Path, language: str) -> None:
    result = tried(pack_root, language)
    assert result.killed == result.tried >= 4
    assert not result.faults


def test_a_mistake_that_no_check_sees_survives(pack_root: Path) -> None:
    put(pack_root / TIMES / "double.py", GUARDED)
    survivors = {each.after for each in tried(pack_root).survivors}
    assert "if n <= -7:" in survivors
    assert "return n * 3" not in survivors


def test_a_noted_one_is_tried_no_more_and_is_told_when_it_is_gone(pack_root: Path) -> None:
    put(pack_root / TIMES / "double.py", GUARDED)
    exercise = load(pack_root).exercises["start/double"]
    first, second, *_ = tried(pack_root).survivors
    for each in (first, second):
        equivalent.note(exercise, each, "both ways are the same")
    path = equivalent.path_of(exercise)
    put(path, "# Read by people.\n" + path.read_text(encoding="utf-8"))
    assert first.id not in {each.id for each in tried(pack_root).survivors}
    assert {each.id for each in tried(pack_root).unit.accepted} == {first.id, second.id}
    put(pack_root / TIMES / "double.py", "def double(n):\n    return n * 2\n")
    result = tried(pack_root)
    assert [(each.id, each.because) for each in result.unit.gone] == [
        (first.id, "both ways are the same"),
        (second.id, "both ways are the same"),
    ]
    assert tried(pack_root, "javascript").unit.gone == ()
    assert path.read_text(encoding="utf-8").startswith("# Read by people.\n")


def test_a_mutant_that_loops_for_ever_is_killed_early(pack_root: Path) -> None:
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", timeout=100)
    loop = "def double(n):\n    left = n\n    while left:\n        left -= 1\n        n += 1\n    return n\n"
    put(pack_root / TIMES / "double.py", loop)
    result = tried(pack_root)
    assert result.killed == result.tried > 4


def test_a_check_that_breaks_is_a_fault_of_the_pack(pack_root: Path) -> None:
    checks = exercise_folder(pack_root, "start/double") / "checks" / "test_double.py"
    text = checks.read_text(encoding="utf-8").replace(
        'assert learner.call("double:double", 0) == 0', 'assert learner.call("double:double", 0) + 0 == 0'
    )
    assert "+ 0 ==" in text
    put(checks, text.replace("[21, *(rng.randrange(3, 1000) for _ in range(3))]", "[]"))
    faults = tried(pack_root).faults
    assert any("NoneType" in each.found and "-    return" in each.diff for each in faults)


def test_a_right_answer_that_does_not_pass_kills_nothing(pack_root: Path) -> None:
    put(pack_root / TIMES / "double.py", "def double(n):\n    return n * 3\n")
    result = tried(pack_root)
    assert result.tried == 0
    assert [each.place for each in result.faults] == ["right/times"]


def test_answers_that_are_scripts_have_no_mutants(pack_root: Path) -> None:
    pack = load(pack_root)
    for name in ("git/one-commit", "shell/upper"):
        assert not any(mutants for _, mutants in plan(pack.exercises[name], "", 0).answers)


def test_a_kind_that_the_brief_leaves_open(pack_root: Path) -> None:
    put(pack_root / TIMES / "double.py", GUARDED)
    exercise = load(pack_root).exercises["start/double"]
    put(equivalent.path_of(exercise), '[[open]]\nkind = "limit moved"\nbecause = "no limit"\n')
    unit = plan(exercise, "python", 0)
    assert [each.after for each in unit.accepted] == ["if n <= -7:"]
    assert "limit moved" not in {each.kind for _, mutants in unit.answers for each in mutants}
    put(equivalent.path_of(exercise), '[[open]]\nkind = "limits"\nbecause = "no limit"\n')
    [fault] = plan(exercise, "python", 0).faults
    assert (fault.key, fault.found) == ("open[0].kind", "'limits'")


def test_an_exercise_that_is_left_out(pack_root: Path) -> None:
    exercise = load(pack_root).exercises["start/double"]
    put(equivalent.path_of(exercise), 'exempt = "any suite is right"\n')
    result = tried(pack_root)
    assert (result.tried, result.unit.exempt, result.unit.answers) == (0, "any suite is right", ())


def test_a_part_of_them_is_even_and_always_the_same(pack_root: Path) -> None:
    put(pack_root / TIMES / "double.py", GUARDED)
    exercise = load(pack_root).exercises["start/double"]
    (_, every), *_ = plan(exercise, "python", 0).answers
    part = sample(list(every), 4)
    assert part == sample(list(reversed(every)), 4)
    assert len({each.kind for each in part}) == 4
    unit = plan(exercise, "python", 4)
    assert unit.left_out == sum(len(mutants) for _, mutants in plan(exercise, "python", 0).answers) - 4


def test_a_mutant_is_found_by_its_id(pack_root: Path) -> None:
    exercises = load(pack_root).exercises
    (_, [first, *_]), *_ = plan(exercises["start/double"], "javascript", 0).answers
    assert find(exercises.values(), first.id) == (exercises["start/double"], first)
    assert find(exercises.values(), "0") is None
