"""Which mutants are tried: those of every right answer, or an even part of them, and none that is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from runner.authoring.answers import Answer, read_answers
from runner.authoring.mutation import equivalent, javascript, python, sql
from runner.authoring.mutation.edits import KINDS, Edit, Mutant, mutants
from runner.authoring.mutation.equivalent import Noted
from runner.errors import Fault
from runner.packs.models import SUFFIXES, Exercise

EDITS: dict[str, Callable[[bytes], Iterator[Edit]]] = {
    ".py": python.edits,
    ".js": javascript.edits,
    ".mjs": javascript.edits,
    ".cjs": javascript.edits,
    ".sql": sql.edits,
}
"""What makes the mistakes, by the suffix of the file."""

AUTHORS = "pip install 'backendlings[authors]'"
"""What brings the parsers."""


@dataclass(frozen=True)
class Unit:
    """What is tried on one bench: the mutants of the right answers to an exercise in one language.

    Args:
        answers: each right answer with the mutants of it to be tried, the most telling first.
        left_out: how many mutants there are besides, since no more than so many of an answer are tried.
        accepted: those noted as equivalent.
        gone: notes whose mutant is there no more, in this language.
        faults: of the notes' file.
        blocked: why nothing can be tried; empty where it can.
        exempt: why the author wants nothing to be tried; empty where it is to be.
    """

    exercise: Exercise
    language: str
    answers: tuple[tuple[Answer, tuple[Mutant, ...]], ...] = ()
    left_out: int = 0
    accepted: tuple[Mutant, ...] = ()
    gone: tuple[Noted, ...] = ()
    faults: tuple[Fault, ...] = ()
    blocked: str = ""
    exempt: str = ""


def plan(exercise: Exercise, language: str, most: int) -> Unit:
    """What to try of EXERCISE in LANGUAGE, at most MOST mutants of each answer; 0 for all of them."""
    notes, faults = equivalent.read(exercise)
    if notes.exempt or faults:
        return Unit(exercise, language, exempt=notes.exempt, faults=tuple(faults))
    answers, accepted, left_out, all_ids = [], [], 0, set()
    try:
        for answer in right_answers(exercise, language):
            every = mutants_of(exercise, answer, language)
            all_ids |= {each.id for each in every}
            accepted += [each for each in every if notes.accepts(each)]
            open_ones = [each for each in every if not notes.accepts(each)]
            picked = sample(open_ones, most)
            left_out += len(open_ones) - len(picked)
            answers.append((answer, tuple(picked)))
    except ImportError as error:
        return Unit(exercise, language, blocked=f"the package {error.name} is not installed; {AUTHORS}")
    gone = tuple(
        each for each in notes.mutants if each.id not in all_ids and _language(each.place, language) == language
    )
    return Unit(exercise, language, tuple(answers), left_out, tuple(accepted), gone)


def right_answers(exercise: Exercise, language: str) -> list[Answer]:
    """The right answers in LANGUAGE that are files; what a script does cannot be mutated."""
    right = [each for each in read_answers(exercise)[0] if not each.expectation]
    return [each for each in right if language in each.languages(exercise) and not (each.folder / "solve.sh").exists()]


def mutants_of(exercise: Exercise, answer: Answer, language: str) -> list[Mutant]:
    """Every mutant of ANSWER's files in LANGUAGE, and of those that have none, such as SQL.

    Raises:
        ImportError: a parser is not installed.
    """
    found: list[Mutant] = []
    for path in sorted(answer.folder.rglob("*")):
        name = path.relative_to(answer.folder).as_posix()
        if path.suffix in EDITS and path.is_file() and _language(name, language) == language:
            text = path.read_bytes()
            found += mutants(exercise.id, answer.name, name, text, EDITS[path.suffix](text))
    return found


def find(exercises: Iterable[Exercise], id: str) -> tuple[Exercise, Mutant] | None:
    """The mutant ID of any right answer to EXERCISES; a language whose parser is not installed is passed over."""
    for exercise in exercises:
        for language in exercise.languages:
            for answer in right_answers(exercise, language):
                try:
                    every = mutants_of(exercise, answer, language)
                except ImportError:
                    continue
                for mutant in every:
                    if mutant.id == id:
                        return exercise, mutant
    return None


def sample(every: list[Mutant], most: int) -> list[Mutant]:
    """At most MOST of the mutants EVERY, as many of each kind as there are; 0 for all. The most telling kinds first.

    The same ones each time, whatever else is added to the answer.
    """
    mixed = sorted(every, key=lambda each: each.id)  # a hash of where it is and what it says, so this draws
    kinds = [[each for each in mixed if each.kind == kind] for kind in KINDS]
    in_turn = [each for row in zip_longest(*kinds) for each in row if each]
    return sorted(in_turn[: most or None], key=lambda each: (KINDS.index(each.kind), each.file, each.line))


def _language(name: str, otherwise: str) -> str:
    """The language of the file NAME, or OTHERWISE where it has none."""
    return SUFFIXES.get(Path(name).suffix, otherwise)
