"""Every hostile answer of the table, at each level that needs no set-up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from runner.authoring.attacks import Attack, Range, exercise_of, read_attacks
from runner.isolation import Level, enough

LEVELS: tuple[Level, ...] = ("group", "namespaces") if sys.platform == "linux" else ("group",)
ATTACKS = read_attacks()


def tried() -> Iterator[tuple[Level, Attack]]:
    """Every attack at the highest level; below it one of each family and kind, since what the others add was seen."""
    for level in LEVELS:
        seen = set()
        for attack in ATTACKS:
            case = (attack.kind, attack.case.number)
            if enough(level, attack.case.level) and (level == LEVELS[-1] or case not in seen):
                seen.add(case)
                yield level, attack


TRIED = list(tried())


@pytest.fixture(scope="module")
def range_for(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Attack, Level], Range]]:
    """Gives the range for an attack at a level; each is kept, so that every attack meets what the last one left."""
    made: dict[tuple[str, str, Level], Range] = {}

    def find(attack: Attack, level: Level) -> Range:
        key = (attack.kind, attack.language, level)
        if key not in made:
            made[key] = Range(exercise_of(attack), attack.language, level, tmp_path_factory.mktemp("range"))
        return made[key]

    yield find
    for each in made.values():
        each.close()


@pytest.mark.parametrize(("level", "attack"), TRIED, ids=[f"{level}: {attack.name}" for level, attack in TRIED])
def test_it_is_held(range_for, level: Level, attack: Attack):
    outcome = range_for(attack, level).try_out(attack)
    assert outcome.held, (outcome.faults, outcome.verdict)


def test_every_file_has_its_row_and_every_case_a_level_that_holds_it():
    from runner.authoring.attacks import suite_root

    answers = suite_root() / "answers"
    there = {f"{path.parent.name}/{path.name.partition('.')[0]}" for path in answers.glob("*/*")}
    tables = {f"{path.name}/cases" for path in answers.iterdir()}
    assert there - tables == {f"{attack.kind}/{attack.case.answer}" for attack in ATTACKS}
    assert {attack.case.number for attack in ATTACKS} <= set(range(1, 33))
