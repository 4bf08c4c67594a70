"""`learn pack mutate`: mistakes put into right answers, to see whether the checks see them."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from runner.cli.common import from_here
from runner.cli.terminal import say, say_json
from runner.errors import Fault, PackError, UsageError
from runner.packs.catalogue import builtin_root

if TYPE_CHECKING:
    from runner.authoring.mutation.trial import Result
    from runner.packs.models import Pack

FILE = "equivalent.toml"


@click.command("mutate", short_help="List mistakes in right answers that no check sees.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--exercise", "only", multiple=True, help="Only this exercise; may be given several times.")
@click.option(
    "--seeds", default=2, show_default=True, type=click.IntRange(1), help="Seeds that a survivor must pass on."
)
@click.option("--first-seed", type=int, help="The first of the seeds; random unless told.")
@click.option(
    "--jobs", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1), help="Exercises at a time."
)
@click.option(
    "--most",
    default=40,
    show_default=True,
    type=click.IntRange(0),
    help="Mutants of each right answer at most; 0 for all.",
)
@click.option("--accept", multiple=True, metavar="ID", help="Note this survivor as no mistake; may be repeated.")
@click.option("--because", default="", metavar="WORDS", help="Why it is none, for the one who reads the note.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def mutate_command(
    folder: Path | None,
    only: tuple[str, ...],
    seeds: int,
    first_seed: int | None,
    jobs: int,
    most: int,
    accept: tuple[str, ...],
    because: str,
    as_json: bool,
) -> int:
    """List the mistakes in right answers that no check sees, of the pack in FOLDER or of the built-in one.

    Each mutant is a right answer with one small mistake in it. The checks should refuse it. One that they let pass is
    a mistake that a learner could hand in unseen: mend the check, or note with --accept that it is none.
    """
    from runner.packs.load import load

    here = from_here(folder)
    root = here if folder or (here / "pack.toml").is_file() else builtin_root()
    pack = load(root)
    unknown = [each for each in only if each not in pack.exercises]
    if unknown:
        raise UsageError(f"The pack has no exercise {unknown[0]}.", where=str(root), advice="learn pack check")
    ids = list(only) or list(pack.exercises)
    if accept:
        return _accept(pack, ids, accept, because)
    if because:
        raise UsageError("--because says why, of a mutant that --accept names.", advice="learn pack mutate --help")
    first = random.randrange(1_000_000) if first_seed is None else first_seed
    return _mutate(pack, ids, list(range(first, first + seeds)), jobs, most, as_json)


def _accept(pack: Pack, ids: list[str], accept: Sequence[str], because: str) -> int:
    from runner.authoring.mutation import equivalent
    from runner.authoring.mutation.plan import AUTHORS, find

    for each in accept:
        found = find([pack.exercises[name] for name in ids], each)
        if found is None:
            raise UsageError(
                f"No right answer has a mutant {each}.",
                expected="an id that this command has listed; it changes with the line that it is about",
                advice="learn pack mutate",
            )
        exercise, mutant = found
        notes, faults = equivalent.read(exercise)
        _refuse_faults(faults)
        if any(note.id == each for note in notes.mutants):
            say(f"{each} is noted already, in {equivalent.path_of(exercise)}")
            continue
        try:
            equivalent.note(exercise, mutant, because)
        except ImportError as error:
            raise UsageError(f"The package {error.name} is not installed.", advice=AUTHORS) from None
        say(f"{each} is noted in {equivalent.path_of(exercise)}")
    return 0


def _mutate(pack: Pack, ids: list[str], seeds: list[int], jobs: int, most: int, as_json: bool) -> int:
    from runner.authoring.mutation.plan import plan
    from runner.authoring.mutation.trial import try_all

    units = [plan(pack.exercises[each], language, most) for each in ids for language in pack.exercises[each].languages]
    _refuse_faults([fault for unit in units for fault in unit.faults])
    results = try_all(units, seeds, jobs, _silent if as_json else _progress)
    if as_json:
        say_json(_plain(results, seeds))
    else:
        _print(results, seeds)
    if any(each.survivors or each.faults for each in results):
        return 4
    return 3 if any(each.blocked for each in results) else 0


def _refuse_faults(faults: list[Fault]) -> None:
    if faults:
        raise PackError("The notes on equivalent mutants cannot be used.", faults, advice="mend the file")


def _silent(result: Result) -> None:
    """No word while a machine reads."""


def _name(result: Result) -> str:
    return f"{result.unit.exercise.id} {result.unit.language}".strip()


def _progress(result: Result) -> None:
    name = _name(result)
    if result.blocked:
        say(f"{name}: blocked")
    elif result.unit.exempt:
        say(f"{name}: left out; {result.unit.exempt}")
    elif not result.tried and not result.faults:
        say(f"{name}: nothing to mutate: no Python, JavaScript or SQL")
    else:
        faults = f", {len(result.faults)} faults" if result.faults else ""
        say(f"{name}: {result.tried} mutants, {len(result.survivors)} survived{faults}")
    for mutant in result.survivors:
        say(f"\n  {mutant.id}  {mutant.place}  {mutant.kind}")
        _print_diff(mutant.diff)
    for fault in result.faults:
        say(f"\n  fault       {fault.place}\n  found       {fault.found}")
        _print_diff(fault.diff)
    if result.survivors or result.faults:
        say("")


def _print(results: list[Result], seeds: list[int]) -> None:
    for exercise, words in _gone(results):
        say(f"\n{exercise}: {words}")
    for result in results:
        if result.blocked:
            say(f"\n{_name(result)} was not tried: {result.blocked}")
    first = next((mutant for result in results for mutant in result.survivors), None)
    if first:
        say("\nEach survivor passes every check: a learner could hand it in. Add it under wrong/ and mend the check;")
        say(f'where it is no mistake: learn pack mutate --accept {first.id} --because "..."')
    _print_table(results)
    say(f"seeds from {seeds[0]}")


def _print_diff(diff: str) -> None:
    for line in diff.splitlines()[2:]:  # its first two lines name the file again
        say(f"    {line}")


def _gone(results: list[Result]) -> list[tuple[str, str]]:
    """The notes whose mutant is there no more: the exercise, and words."""
    told = [
        (
            result.unit.exercise.id,
            f"{note.id} of {note.place} is noted, and its code is there no more; remove it from {FILE}",
        )
        for result in results
        for note in result.unit.gone
    ]
    return list(dict.fromkeys(told))


def _print_table(results: list[Result]) -> None:
    heads = ("tried", "killed", "survived", "accepted", "not tried")
    topics = {topic: list(counts.values()) for topic, counts in _topics(results).items()}
    topics["all"] = [sum(column) for column in zip(*topics.values(), strict=True)]
    width = max(map(len, topics))
    say("\n" + " " * width + "".join(f"{head:>11}" for head in heads) + "   share killed")
    for topic, counts in topics.items():
        share = f"{counts[1] / counts[0]:.1%}" if counts[0] else "-"
        say(f"{topic:<{width}}" + "".join(f"{each:>11}" for each in counts) + f"{share:>15}")


def _topics(results: list[Result]) -> dict[str, dict[str, int]]:
    """What became of the mutants, by topic."""
    topics: dict[str, dict[str, int]] = {}
    for result in results:
        names = ("tried", "killed", "survived", "accepted", "not_tried")
        row = topics.setdefault(result.unit.exercise.topic, dict.fromkeys(names, 0))
        values = (
            result.tried,
            result.killed,
            len(result.survivors),
            len(result.unit.accepted),
            result.unit.left_out,
        )
        for name, value in zip(names, values, strict=True):
            row[name] += value
    return topics


def _plain(results: list[Result], seeds: list[int]) -> dict[str, Any]:
    shown = ("id", "exercise", "answer", "file", "line", "kind", "before", "after", "diff")
    return {
        "schema": 1,
        "seeds": seeds,
        "survivors": [{name: getattr(each, name) for name in shown} for one in results for each in one.survivors],
        "faults": [asdict(each) for result in results for each in result.faults],
        "gone": [{"exercise": exercise, "found": words} for exercise, words in _gone(results)],
        "blocked": {
            f"{each.unit.exercise.id} {each.unit.language}".strip(): each.blocked for each in results if each.blocked
        },
        "topics": _topics(results),
    }
